import { Router, type Request, type Response } from 'express';
import { MailboxPage } from '../../client/pages/development/mailbox.tsx';
import { MessagePage } from '../../client/pages/development/message.tsx';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { findCapturedMail, listCapturedMails, type CapturedMail } from '../platform/mail/captured-mail.ts';
import { shownMoment } from '../platform/time/show-time.ts';
import { linksIn, messageParts } from './captured-message.rules.ts';

const mailboxPath = '/dev/mailbox';
const shownAtMost = 500;

/** Mail that was captured because no server is set. None of it exists in production, nor where mail is sent. */
export function mailboxRoutes(deps: Deps): Router {
  const router = Router();
  if (deps.config.isProduction || deps.config.smtpUrl) return router;

  router.get(mailboxPath, async (_request, response) => {
    const messages = await listCapturedMails(shownAtMost);
    sendPage(
      response,
      <MailboxPage
        messages={messages.map((mail) => ({
          path: pathOf(mail),
          to: mail.to,
          subject: mail.subject,
          sentAt: shownMoment(mail.at, 'UTC'),
          hasInvite: mail.ics !== null,
        }))}
      />,
    );
  });

  router.get(`${mailboxPath}.json`, async (_request, response) => {
    const messages = await listCapturedMails(shownAtMost);
    response.set('Cache-Control', 'no-store').json(
      messages.map(({ _id, to, subject, html, text, ics, messageId }) => ({
        id: _id,
        to,
        subject,
        html,
        text,
        ics,
        messageId,
      })),
    );
  });

  router.get(`${mailboxPath}/:id.eml`, async (request, response) => {
    const mail = await getMail(request);
    response.attachment(`${mail._id}.eml`);
    sendPart(response, 'message/rfc822', mail.raw);
  });

  router.get(`${mailboxPath}/:id/html`, async (request, response) => {
    const mail = await getMail(request);
    // A frame of our own page may show it; nothing in it runs, loads or posts.
    response.set({
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
      'X-Frame-Options': 'SAMEORIGIN',
    });
    // Links leave the frame: the pages they lead to refuse to be framed.
    sendPart(response, 'text/html', mail.html.replace('<head>', '<head><base target="_blank">'));
  });

  router.get(`${mailboxPath}/:id/text`, async (request, response) => {
    sendPart(response, 'text/plain', (await getMail(request)).text);
  });

  router.get(`${mailboxPath}/:id/invite.ics`, async (request, response) => {
    const { ics } = await getMail(request);
    if (!ics) throw notFound('an invite in that message');
    sendPart(response, 'text/calendar', ics);
  });

  router.get(`${mailboxPath}/:id`, async (request, response) => {
    const mail = await getMail(request);
    const path = pathOf(mail);
    sendPage(
      response,
      <MessagePage
        mailboxPath={mailboxPath}
        subject={mail.subject}
        from={mail.from}
        to={mail.to}
        sentAt={shownMoment(mail.at, 'UTC')}
        htmlPath={`${path}/html`}
        text={mail.text}
        links={linksIn(mail.text)}
        parts={messageParts(mail, path)}
        rawPath={`${path}.eml`}
      />,
    );
  });

  return router;
}

const pathOf = ({ _id }: CapturedMail) => `${mailboxPath}/${_id}`;

async function getMail(request: Request<{ id: string }>): Promise<CapturedMail> {
  const mail = await findCapturedMail(request.params.id);
  if (!mail) throw notFound('that message');
  return mail;
}

function sendPart(response: Response, type: string, body: string): void {
  response.set('Cache-Control', 'no-store').set('Content-Type', `${type}; charset=utf-8`).send(body);
}
