import { Router, type Response } from 'express';
import { AccountPage, type OwnPlace } from '../../client/pages/registration/account.tsx';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import { AppError } from '../contracts/problem.ts';
import { ownDetailsForm } from '../contracts/registration-form.ts';
import type { Deps } from '../deps.ts';
import { listPublicEventsByIds } from '../events/event.queries.ts';
import { shownEventState } from '../events/event.rules.ts';
import { readForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { datelineOf, shownMoment } from '../platform/time/show-time.ts';
import { listEventIdsOfSpeaker, listSessionsOfEvent } from '../sessions/session.queries.ts';
import { listSignIns } from '../sign-ins/sign-in.queries.ts';
import { listSpeakersOfAddress } from '../speakers/speaker.queries.ts';
import { findOwnDetails } from './own-details.queries.ts';
import { listRegistrationsOfAddress } from './registration.queries.ts';
import { saveOwnDetails } from './save-own-details.ts';

/** Everything that belongs to the address somebody signed in with. */
export function accountRoutes(deps: Deps): Router {
  const router = Router();

  router.get('/account', async (request, response) => {
    const notice = request.query.done === 'details' ? 'Your details are saved.' : null;
    await showAccount(response, { notice });
  });

  router.post('/account', async (request, response) => {
    const read = readForm(ownDetailsForm, request.body);
    if (!read.ok) return showAccount(response, { form: read.form, status: 422 });
    await saveOwnDetails(response.locals.actor, read.input, deps);
    response.redirect(303, '/account?done=details');
  });

  async function showAccount(
    response: Response,
    page: { form?: FormState; notice?: string | null; status?: number },
  ): Promise<void> {
    const { actor } = response.locals;
    if (actor.kind !== 'attendee' && actor.kind !== 'member')
      throw new AppError('not-signed-in', 'Sign in to see your places.');
    const now = deps.clock.now();
    const [places, speaking, signIns, details] = await Promise.all([
      listPlaces(actor.email, now),
      listSpeaking(actor.email, now),
      listSignIns(actor, now),
      findOwnDetails(actor),
    ]);
    const isPast = ({ dateline }: OwnPlace) => new Date(dateline.endsAt) <= now;
    sendPage(
      response,
      <AccountPage
        email={actor.email}
        coming={places.filter((place) => !isPast(place))}
        past={places.filter(isPast).reverse()}
        speaking={speaking}
        form={page.form ?? { ...emptyForm, values: { ...details } }}
        signIns={signIns.map(({ id, device, createdAt, lastSeenAt, isThisOne }) => ({
          id,
          device,
          since: shownMoment(createdAt, 'UTC'),
          lastSeen: shownMoment(lastSeenAt, 'UTC'),
          isThisOne,
        }))}
        // A member without a second factor never becomes an actor.
        hasSecondFactor={actor.kind === 'member' ? true : null}
        notice={page.notice ?? null}
      />,
      page.status,
    );
  }

  return router;
}

/** Events to come, or on, that the owner of an address speaks at. */
async function listSpeaking(email: string, now: Date): Promise<{ slug: string; title: string }[]> {
  const speakers = await listSpeakersOfAddress(email);
  const eventIds = await Promise.all(speakers.map(({ _id }) => listEventIdsOfSpeaker(_id)));
  const events = await listPublicEventsByIds(eventIds.flat());
  return events
    .filter(({ status, endsAt }) => status === 'published' && endsAt > now)
    .map(({ slug, title }) => ({ slug, title }));
}

/** In order of their events. */
async function listPlaces(email: string, now: Date): Promise<OwnPlace[]> {
  const registrations = await listRegistrationsOfAddress(email);
  const events = await listPublicEventsByIds(registrations.map(({ eventId }) => eventId));
  return Promise.all(
    events.flatMap((event) => {
      const registration = registrations.find(({ eventId }) => eventId === event._id);
      if (!registration) return [];
      return [
        (async () => ({
          registrationId: registration._id,
          eventSlug: event.slug,
          eventTitle: event.title,
          dateline: datelineOf(event),
          state: registration.status,
          isLive: shownEventState(event, await listSessionsOfEvent(event._id), now) === 'live',
        }))(),
      ];
    }),
  );
}
