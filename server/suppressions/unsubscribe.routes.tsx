import { Router, type Response } from 'express';
import { UnsubscribePage } from '../../client/pages/registration/unsubscribe.tsx';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getOrganiser } from '../organisers/organiser.queries.ts';
import { requireSameOrigin } from '../platform/http/same-origin.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { resumeMarketing } from './resume-marketing.ts';
import { readUnsubscribeToken, type Subscription } from './sign-unsubscribe-link.ts';
import { suppressAddress } from './suppress-address.ts';
import { isUnsubscribed } from './suppression.queries.ts';

const visitor = { kind: 'visitor' } as const;

/**
 * The way out of marketing mail. Mail programs post here for their reader (RFC 8058): from anywhere, without a
 * cookie, and they follow no redirect. So the router stands before the check of origin and before any parser: the
 * token says all there is to say, whatever form the body has. Opening the link changes nothing, because mail
 * scanners open links.
 */
export function unsubscribeRoutes(deps: Deps): Router {
  const router = Router();

  router.get('/unsubscribe/:token', async (request, response) => {
    const subscription = read(request.params.token);
    await show(response, subscription, request.path, request.query.done === 'again');
  });

  router.post('/unsubscribe/:token', async (request, response) => {
    const subscription = read(request.params.token);
    await getOrganiser(subscription.organiserId);
    await suppressAddress(visitor, { kind: 'unsubscribed', ...subscription, detail: '' }, deps);
    await show(response, subscription, request.path, false);
  });

  router.use('/unsubscribe/:token/again', requireSameOrigin(deps.config.publicUrl));
  router.post('/unsubscribe/:token/again', async (request, response) => {
    const { organiserId, email } = read(request.params.token);
    await getOrganiser(organiserId);
    await deps.transaction(() => resumeMarketing([{ actor: visitor, email }], organiserId, deps));
    response.redirect(303, `${request.path.replace(/\/again$/, '')}?done=again`);
  });

  function read(token: string): Subscription {
    const subscription = readUnsubscribeToken(token, deps);
    if (!subscription) throw notFound('that page');
    return subscription;
  }

  async function show(
    response: Response,
    { organiserId, email }: Subscription,
    path: string,
    isBack: boolean,
  ): Promise<void> {
    const organiser = await getOrganiser(organiserId);
    const isStopped = await isUnsubscribed(organiserId, email);
    sendPage(
      response,
      <UnsubscribePage
        organiserName={organiser.name}
        email={email}
        action={path}
        standing={isStopped ? 'stopped' : isBack ? 'back' : 'asking'}
      />,
    );
  }

  return router;
}
