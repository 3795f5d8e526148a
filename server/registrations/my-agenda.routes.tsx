import { Router, type Response } from 'express';
import { MyAgendaPage } from '../../client/pages/registration/my-agenda.tsx';
import { publicCalendar } from '../calendar-invites/calendar-invite.rules.ts';
import { AppError } from '../contracts/problem.ts';
import { starForm } from '../contracts/star-form.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { getOrganiser } from '../organisers/organiser.queries.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { sendPrivateText } from '../platform/http/send-private-text.ts';
import { datelineOf } from '../platform/time/show-time.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { getChoosingPlace, type ChoosingPlace } from './my-agenda.queries.ts';
import { choosingFor, myAgendaOf } from './my-agenda.rules.ts';
import { sessionEntries } from './place-calendar.rules.ts';
import { starSession } from './star-session.ts';

/** The sessions that a holder of a place chose. */
export function myAgendaRoutes(deps: Deps): Router {
  const router = Router();

  router.get('/registrations/:id/agenda', async (request, response) => {
    const place = await standingPlace(request.params.id, response);
    const event = await getEvent(place.eventId);
    const sessions = await listSessionsOfEvent(event._id);
    sendPage(
      response,
      <MyAgendaPage
        registrationId={place._id}
        event={{ slug: event.slug, title: event.title, dateline: datelineOf(event) }}
        agenda={myAgendaOf(event, sessions, place.starredSessionIds)}
      />,
    );
  });

  router.get('/registrations/:id/agenda.ics', async (request, response) => {
    const place = await standingPlace(request.params.id, response);
    const event = await getEvent(place.eventId);
    const [sessions, organiser] = await Promise.all([
      listSessionsOfEvent(event._id),
      getOrganiser(event.organiserId),
    ]);
    const { publicUrl, mailFrom } = deps.config;
    const matter = { place, event, sessions, organiserName: organiser.name, site: { publicUrl, mailFrom } };
    response.set('Content-Disposition', 'attachment; filename="my-agenda.ics"');
    const text = publicCalendar(sessionEntries(matter), { name: event.title, refreshInHours: 6 });
    sendPrivateText(request, response, 'text/calendar; charset=utf-8', text);
  });

  router.post('/registrations/:id/stars/:sessionId', async (request, response) => {
    const { id: registrationId, sessionId } = request.params;
    const read = starForm.safeParse(request.body ?? {});
    if (!read.success) throw new AppError('invalid', 'Go back to the agenda and press the star again.');
    const { isStarred, from } = read.data;
    const actor = choosingFor(registrationId, response.locals);
    const result = await starSession(actor, { registrationId, sessionId, isStarred }, deps);
    if (!result.ok) {
      switch (result.reason) {
        case 'not-confirmed':
          throw placeEnded();
        case 'not-to-choose':
          throw new AppError('conflict', 'This is a break or was cancelled, so it cannot be chosen.');
      }
    }
    if (request.accepts(['html', 'json']) === 'json') return response.status(204).end();
    if (from === 'agenda') return response.redirect(303, `/registrations/${registrationId}/agenda`);
    const place = await getChoosingPlace(actor, registrationId);
    const { slug } = await getEvent(place.eventId);
    response.redirect(303, `/events/${slug}#session-${sessionId}`);
  });

  async function standingPlace(registrationId: string, response: Response): Promise<ChoosingPlace> {
    const place = await getChoosingPlace(choosingFor(registrationId, response.locals), registrationId);
    if (place.status !== 'confirmed') throw placeEnded();
    return place;
  }

  return router;
}

const placeEnded = () => new AppError('gone', 'This place is not (or no longer) yours, so it has no agenda.');
