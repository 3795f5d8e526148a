import { Router, type Response } from 'express';
import { JoinPage } from '../../client/pages/registration/join.tsx';
import { OpenPlacePage } from '../../client/pages/registration/open-place.tsx';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEvent, type Event } from '../events/event.queries.ts';
import { shownEventState } from '../events/event.rules.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { datelineOf } from '../platform/time/show-time.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { givePass } from '../sign-ins/give-pass.ts';
import { countJoinDevices } from '../sign-ins/sign-in.queries.ts';
import { joinDevicesPerRegistration } from '../sign-ins/sign-in.rules.ts';
import { findRegistration, type Registration } from './registration.queries.ts';
import { isLinkOf } from './sign-links.ts';

type Standing = Parameters<typeof JoinPage>[0]['standing'];

const brokenLink = () =>
  new AppError(
    'gone',
    'This link is not complete, or it was replaced by a newer one. Open it from the newest mail, or sign in with your email.',
  );

/** The personal links in mails. Opening one changes nothing, because mail scanners open links; the button does. */
export function joinRoutes(deps: Deps): Router {
  const router = Router();

  router.get('/join/:token', async (request, response) => {
    const { registration, event } = await readJoinLink(request.params.token);
    await showJoin(response, registration, event, request.path);
  });

  router.post('/join/:token', async (request, response) => {
    const { registration, event } = await readJoinLink(request.params.token);
    const standing = await standingOf(registration, event, response);
    if (standing === 'revoked' || standing === 'over')
      return showJoin(response, registration, event, request.path, 410);
    const pass = await givePass(request, response, passTo('join', registration, event), deps);
    if (!pass) return showJoin(response, registration, event, request.path, 410);
    response.redirect(303, `/events/${event.slug}/live`);
  });

  router.get('/registrations/:id/open/:signature', async (request, response) => {
    const registration = await readManageLink(request.params);
    const event = await getEvent(registration.eventId);
    sendPage(response, <OpenPlacePage eventTitle={event.title} action={request.path} />);
  });

  router.post('/registrations/:id/open/:signature', async (request, response) => {
    const registration = await readManageLink(request.params);
    const event = await getEvent(registration.eventId);
    await givePass(request, response, passTo('manage', registration, event), deps);
    response.redirect(303, `/registrations/${registration._id}`);
  });

  async function readJoinLink(token: string): Promise<{ registration: Registration; event: Event }> {
    const [registrationId = '', signature = ''] = token.split('.');
    const registration = await findRegistration(registrationId);
    if (!registration || !isLinkOf('join', registration, signature, deps)) throw brokenLink();
    const event = await getEvent(registration.eventId);
    if (event.status === 'cancelled')
      throw new AppError('gone', 'This event was cancelled, so there is nothing to join.');
    return { registration, event };
  }

  async function readManageLink({ id, signature }: { id: string; signature: string }): Promise<Registration> {
    const registration = await findRegistration(id);
    if (!registration || !isLinkOf('manage', registration, signature, deps)) throw brokenLink();
    return registration;
  }

  async function standingOf(registration: Registration, event: Event, response: Response): Promise<Standing> {
    if (registration.status !== 'confirmed') return 'revoked';
    const now = deps.clock.now();
    const state = shownEventState(event, await listSessionsOfEvent(event._id), now);
    if (state === 'ended') return 'over';
    const isOpenHere = response.locals.passes.some(
      ({ kind, registrationId }) => kind === 'join' && registrationId === registration._id,
    );
    const devices = await countJoinDevices(registration._id, now);
    if (!isOpenHere && devices >= joinDevicesPerRegistration) return 'devices';
    return state === 'live' ? 'ready' : 'not-started';
  }

  async function showJoin(
    response: Response,
    registration: Registration,
    event: Event,
    action: string,
    status = 200,
  ): Promise<void> {
    const standing = await standingOf(registration, event, response);
    sendPage(
      response,
      <JoinPage
        standing={standing}
        event={{ slug: event.slug, title: event.title, dateline: datelineOf(event) }}
        name={registration.name}
        action={action}
        fields={{}}
      />,
      standing === 'revoked' ? 410 : status,
    );
  }

  return router;
}

function passTo(kind: 'join' | 'manage', registration: Registration, event: Event) {
  return { kind, registrationId: registration._id, eventId: event._id, eventEndsAt: event.endsAt };
}
