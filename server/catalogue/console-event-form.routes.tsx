import { Router, type Response } from 'express';
import { EventFormPage } from '../../client/pages/console/event-form.tsx';
import type { ConsoleEvent } from '../contracts/console-event.ts';
import { eventForm } from '../contracts/event-form.ts';
import type { FormState } from '../contracts/form-state.ts';
import type { ShownPendingUpdate } from '../contracts/pending-update.ts';
import type { Deps } from '../deps.ts';
import { changedParts, wordsForParts } from '../events/changed-parts.rules.ts';
import { listPublicTopics, type Event } from '../events/event.queries.ts';
import { readEventContent } from '../events/event-content.rules.ts';
import { requireMember, requirePermission } from '../organisers/permission.rules.ts';
import { readForm, refusedForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { addEvent } from './add-event.ts';
import { changeEvent } from './change-event.ts';
import { eventFormValues, pathOfEvent, rowsToShow } from './console-event.rules.ts';
import { joinNames } from './session-words.rules.ts';
import { openConsoleEvent } from './open-console-event.ts';
import { readPendingUpdate } from './read-pending-update.ts';
import { offeredTimeZones, offeredTopics } from './offered-choices.rules.ts';

/** The form of an event: create one, change one. */
export function consoleEventFormRoutes(deps: Deps): Router {
  const router = Router();

  router.get('/console/events/new', async (_request, response) => {
    requireEditor(response);
    const values = { timeZone: 'Europe/London', stages: 'Main stage' };
    await sendForm(response, null, { values, errors: [] });
  });

  router.post('/console/events', async (request, response) => {
    const actor = requireEditor(response);
    const read = readForm(eventForm, request.body);
    if (!read.ok) return sendForm(response, null, read.form, { status: 422 });
    const result = await addEvent(actor, { organiserId: actor.organiserId, form: read.input }, deps);
    if (result.ok) return response.redirect(303, `/console/events/${result.eventId}?done=created`);
    await sendForm(response, null, refusedForm(request.body, ...result.errors), { status: 422 });
  });

  router.get('/console/events/:eventId/edit', async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'event:edit', deps);
    const { event, shown } = opened;
    const pendingUpdate = await readPendingUpdate(opened, deps);
    const notice = request.query.done === 'saved' ? 'Saved.' : null;
    await sendForm(
      response,
      shown,
      { values: eventFormValues(event), errors: [] },
      { notice, pendingUpdate },
    );
  });

  router.post('/console/events/:eventId/edit', async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'event:edit', deps);
    const { actor, event, shown } = opened;
    const formAgain = async (form: FormState, status: number) =>
      sendForm(response, shown, form, { status, pendingUpdate: await readPendingUpdate(opened, deps) });
    const read = readForm(eventForm, request.body);
    if (!read.ok) return formAgain(read.form, 422);
    const scope = { organiserId: event.organiserId, eventId: event._id };
    const result = await changeEvent(actor, { ...scope, form: read.input }, deps);
    if (result.ok) return response.redirect(303, `${pathOfEvent(event)}/edit?done=saved`);
    switch (result.reason) {
      case 'invalid':
        return formAgain(refusedForm(request.body, ...result.errors), 422);
      case 'edited-meanwhile': {
        const message = staleSentence(read.input, result.event);
        const form = refusedForm(request.body, { field: 'title', message });
        const values = { ...form.values, revision: String(result.event.revision) };
        return formAgain({ ...form, values }, 409);
      }
    }
  });

  return router;
}

function requireEditor(response: Response) {
  const actor = requireMember(response.locals.actor);
  requirePermission(actor, 'event:edit', actor.organiserId);
  return actor;
}

/** Says which parts differ between what was typed and what somebody else has saved meanwhile. */
function staleSentence(typed: Parameters<typeof readEventContent>[0], now: Event): string {
  const read = readEventContent(typed, () => 'new', now);
  const parts = read.ok ? wordsForParts(changedParts({ ...now, ...read.content }, now)) : [];
  const what = parts.length > 0 ? ` Yours differs in ${joinNames(parts)}.` : '';
  return `Somebody else saved this event meanwhile.${what} What you typed is kept below: save again to replace theirs`;
}

async function sendForm(
  response: Response,
  event: ConsoleEvent | null,
  form: FormState,
  {
    status = 200,
    notice = null,
    pendingUpdate = null,
  }: { status?: number; notice?: string | null; pendingUpdate?: ShownPendingUpdate | null } = {},
): Promise<void> {
  const topics = offeredTopics(await listPublicTopics(), form.values.topics);
  sendPage(
    response,
    <EventFormPage
      event={event}
      action={event ? `${event.path}/edit` : '/console/events'}
      form={form}
      topics={topics}
      timeZones={offeredTimeZones(form.values.timeZone)}
      {...rowsToShow(form.values)}
      notice={notice}
      pendingUpdate={pendingUpdate}
    />,
    status,
  );
}
