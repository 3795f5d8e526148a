import { Router, type Request, type Response } from 'express';
import { CancelEventPage } from '../../client/pages/console/cancel-event.tsx';
import { ConsoleEventPage } from '../../client/pages/console/event.tsx';
import { ConsoleEventsPage } from '../../client/pages/console/events.tsx';
import { siteDocumentNames, siteDocumentTitles } from '../contracts/document-form.ts';
import { cancelEventForm } from '../contracts/event-form.ts';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { cancelEvent } from '../events/cancel-event.ts';
import { listEventsOfOrganiser } from '../events/event.queries.ts';
import { publishEvent } from '../events/publish-event.ts';
import { listRecentAuditEntries } from '../audit/audit-entry.queries.ts';
import { getOrganiser } from '../organisers/organiser.queries.ts';
import { hasPermission, requireMember, requirePermission } from '../organisers/permission.rules.ts';
import { readForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { countConfirmed } from '../registrations/registration.queries.ts';
import { countSeats } from '../registrations/seats.queries.ts';
import { loadEventCards } from './catalogue.queries.ts';
import { consoleEvent, pathOfEvent, registeredOf, shortMoment } from './console-event.rules.ts';
import { openConsoleEvent } from './open-console-event.ts';
import { thingsToDo, wordsForAudit } from './overview.rules.ts';
import { readPendingUpdate } from './read-pending-update.ts';

const notices: Readonly<Record<string, string>> = {
  created: 'Created. Nobody sees it until you publish it.',
  published: 'Published. It is on the calendar now.',
  cancelled: 'Cancelled. Everyone who has a place is being told.',
  'update-sent': 'Everyone whom the changes concern is being told.',
  'update-undone': 'The changes are undone. They are not told to anybody who has not heard of them already.',
};
export const noticeOf = (request: Request, words = notices): string | null => {
  const done = request.query.done;
  return typeof done === 'string' && Object.hasOwn(words, done) ? (words[done] ?? null) : null;
};

const sitePages = siteDocumentNames.map((name) => ({
  title: siteDocumentTitles[name],
  path: `/console/documents/${name}`,
}));

/** The list of an organiser's events, and each one's overview: publish it, call it off. */
export function consoleEventRoutes(deps: Deps): Router {
  const router = Router();

  router.get('/console', (_request, response) => response.redirect(303, '/console/events'));

  router.get('/console/events', async (_request, response) => {
    const actor = requireMember(response.locals.actor);
    requirePermission(actor, 'event:read', actor.organiserId);
    const now = deps.clock.now();
    const [organiser, events] = await Promise.all([
      getOrganiser(actor.organiserId),
      listEventsOfOrganiser(actor.organiserId),
    ]);
    const rows = (await loadEventCards(events, now)).map(({ event, sessions, card }) => ({
      ...consoleEvent(event, sessions, now),
      registered: registeredOf(card.places),
    }));
    const canCreate = hasPermission(actor, 'event:edit', actor.organiserId);
    sendPage(
      response,
      <ConsoleEventsPage
        organiserName={organiser.name}
        events={rows}
        canCreate={canCreate}
        sitePages={hasPermission(actor, 'document:edit', actor.organiserId) ? sitePages : []}
      />,
    );
  });

  router.get('/console/events/:eventId', async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'event:read', deps);
    const { actor, event, sessions, shown } = opened;
    const [seats, recent] = await Promise.all([
      countSeats(event._id),
      listRecentAuditEntries(event.organiserId, [event._id, ...sessions.map(({ _id }) => _id)], 8),
    ]);
    const speakers = new Set(
      sessions.flatMap(({ speakerIds, moderatorIds }) => [...speakerIds, ...moderatorIds]),
    ).size;
    sendPage(
      response,
      <ConsoleEventPage
        event={shown}
        figures={{ registered: seats.taken, capacity: seats.capacity, sessions: sessions.length, speakers }}
        todo={thingsToDo(event, sessions, shown.path)}
        recent={recent.map(({ at, action }) => ({
          time: shortMoment(at, event.zone),
          text: wordsForAudit(action),
        }))}
        publicUrl={deps.config.publicUrl + shown.publicPath}
        canPublish={hasPermission(actor, 'event:publish', event.organiserId)}
        canCancel={hasPermission(actor, 'event:cancel', event.organiserId)}
        notice={noticeOf(request)}
        pendingUpdate={await readPendingUpdate(opened, deps)}
      />,
    );
  });

  router.post('/console/events/:eventId/publish', async (request, response) => {
    const { actor, event } = await openConsoleEvent(response, request.params.eventId, 'event:publish', deps);
    const scope = { organiserId: event.organiserId, eventId: event._id };
    const result = await publishEvent(actor, scope, deps);
    if (result.ok) return response.redirect(303, `${pathOfEvent(event)}?done=published`);
    switch (result.reason) {
      case 'not-a-draft':
        return response.redirect(303, pathOfEvent(event));
      case 'is-over':
        throw new AppError('conflict', 'The event is in the past. Change its date, then publish it.');
      case 'no-summary':
        throw new AppError('conflict', 'Say first who the event is for, then publish it.');
    }
  });

  router.get('/console/events/:eventId/cancel', async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'event:cancel', deps);
    await sendCancelPage(response, opened, emptyForm);
  });

  router.post('/console/events/:eventId/cancel', async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'event:cancel', deps);
    const { actor, event } = opened;
    const read = readForm(cancelEventForm, request.body);
    if (!read.ok) return sendCancelPage(response, opened, read.form, 422);
    const scope = { organiserId: event.organiserId, eventId: event._id };
    const result = await cancelEvent(actor, { ...scope, ...read.input }, deps);
    if (!result.ok && result.reason === 'is-over')
      throw new AppError('conflict', 'The event is over, so there is nothing left to cancel.');
    response.redirect(303, `${pathOfEvent(event)}?done=cancelled`);
  });

  return router;
}

async function sendCancelPage(
  response: Response,
  { event, shown }: Pick<Awaited<ReturnType<typeof openConsoleEvent>>, 'event' | 'shown'>,
  form: FormState,
  status = 200,
): Promise<void> {
  const peopleTouched = await countConfirmed(event._id);
  sendPage(response, <CancelEventPage event={shown} peopleTouched={peopleTouched} form={form} />, status);
}
