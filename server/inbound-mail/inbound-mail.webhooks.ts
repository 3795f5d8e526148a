import express, { Router, type Request } from 'express';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { limitByNetwork } from '../platform/http/rate-limits.ts';
import { isSignatureOf, readSignature } from './hook-signature.rules.ts';
import { largestMailBytes } from './inbound-mail.rules.ts';
import { receiveMail } from './receive-mail.ts';

const path = '/webhooks/mail';

/** Mail that a server hands over by HTTP, signed with a secret we share; answered once it is stored. */
export function inboundMailWebhooks(deps: Deps): Router {
  const router = Router();
  const secret = deps.config.inbound?.secret ?? null;
  if (secret === null) {
    // Said here, before the rules for forms would call it a post from another site.
    router.post(path, () => {
      throw notFound('that page');
    });
    return router;
  }

  router.post(
    path,
    // A whole event may answer its invites within a minute, by way of one server.
    limitByNetwork({ tries: 3_000, seconds: 60 }),
    (request, _response, next) => next(signatureOf(request, deps) ? undefined : notSigned()),
    express.raw({ type: 'message/rfc822', limit: largestMailBytes, inflate: false }),
    async (request, response) => {
      const signature = signatureOf(request, deps);
      const body: unknown = request.body;
      if (!Buffer.isBuffer(body)) throw new AppError('unsupported-type', 'Send the mail as message/rfc822.');
      if (!signature || !isSignatureOf(signature, body, secret)) throw notSigned();
      await receiveMail({ raw: body, mailboxKey: null }, deps);
      response.status(202).end();
    },
  );
  return router;
}

const signatureOf = (request: Request, { clock }: Deps) =>
  readSignature(request.get('x-plenary-signature'), clock.now());

const notSigned = () =>
  new AppError('not-signed-in', 'X-Plenary-Signature is missing, old or not made over this body.');
