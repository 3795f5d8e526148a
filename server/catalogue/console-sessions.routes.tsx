import { Router, type Request, type Response } from 'express';
import { SessionFormPage } from '../../client/pages/console/session-form.tsx';
import { ConsoleSessionsPage } from '../../client/pages/console/sessions.tsx';
import type { FormState } from '../contracts/form-state.ts';
import type { SessionMove } from '../contracts/live-messages.ts';
import { AppError } from '../contracts/problem.ts';
import { sessionForm } from '../contracts/session-form.ts';
import type { Deps } from '../deps.ts';
import { directSession } from '../live/direct-session.ts';
import { refusedMove } from '../live/live.rules.ts';
import { readForm, refusedForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { showZone } from '../platform/time/show-time.ts';
import { createSession } from '../sessions/create-session.ts';
import { editSession } from '../sessions/edit-session.ts';
import { removeSession } from '../sessions/remove-session.ts';
import { getSessionOfEvent } from '../sessions/session.queries.ts';
import { listSpeakersOfOrganiser } from '../speakers/speaker.queries.ts';
import { noticeOf } from './console-events.routes.tsx';
import { sessionFormValues, sessionRows } from './console-session.rules.ts';
import { openConsoleEvent, type OpenedEvent } from './open-console-event.ts';
import { readPendingUpdate } from './read-pending-update.ts';
import { sessionKinds } from './session-words.rules.ts';

const notices = {
  saved: 'Saved.',
  removed: 'Removed.',
  cancelled: 'Cancelled.',
  reinstated: 'Back on the agenda.',
};

/** The agenda of an event: its list, and the form of each session. */
export function consoleSessionRoutes(deps: Deps): Router {
  const router = Router();
  const list = '/console/events/:eventId/sessions';
  const open = (request: Request<{ eventId: string }>, response: Response) =>
    openConsoleEvent(response, request.params.eventId, 'session:edit', deps);

  router.get(list, async (request, response) => {
    const { eventId } = request.params;
    const opened = await openConsoleEvent(response, eventId, 'event:read', deps);
    const { event, sessions, shown } = opened;
    const speakers = await listSpeakersOfOrganiser(event.organiserId);
    const names = new Map(speakers.map(({ _id, name }) => [_id, name]));
    const rows = sessionRows(event, sessions, names);
    sendPage(
      response,
      <ConsoleSessionsPage
        event={shown}
        sessions={rows}
        notice={noticeOf(request, notices)}
        pendingUpdate={await readPendingUpdate(opened, deps)}
      />,
    );
  });

  router.get(`${list}/new`, async (request, response) => {
    const opened = await open(request, response);
    const last = opened.sessions.at(-1);
    const startTime = (last?.endsAtLocal ?? opened.event.startsAtLocal).slice(11);
    const date = (last?.endsAtLocal ?? opened.event.startsAtLocal).slice(0, 10);
    const stage = opened.event.stages[0]?.name ?? '';
    await sendForm(response, opened, null, { values: { kind: 'talk', date, startTime, stage }, errors: [] });
  });

  router.post(list, async (request, response) => {
    const opened = await open(request, response);
    await save(request, response, opened, null);
  });

  router.get(`${list}/:sessionId`, async (request, response) => {
    const opened = await open(request, response);
    const session = await getSessionOfEvent(opened.event._id, request.params.sessionId);
    const values = sessionFormValues(opened.event, session);
    await sendForm(response, opened, session._id, { values, errors: [] });
  });

  router.post(`${list}/:sessionId`, async (request, response) => {
    const opened = await open(request, response);
    const session = await getSessionOfEvent(opened.event._id, request.params.sessionId);
    await save(request, response, opened, session._id);
  });

  router.post(`${list}/:sessionId/remove`, async (request, response) => {
    const { actor, event, shown } = await open(request, response);
    const scope = { organiserId: event.organiserId, eventId: event._id };
    const result = await removeSession(actor, { ...scope, sessionId: request.params.sessionId }, deps);
    if (!result.ok)
      throw new AppError('conflict', 'People have seen this session, so cancel it instead of removing it.');
    response.redirect(303, `${shown.path}/sessions?done=removed`);
  });

  const moves: [path: string, move: SessionMove, done: string][] = [
    ['cancel', 'cancel', 'cancelled'],
    ['reinstate', 'reinstate', 'reinstated'],
  ];
  for (const [path, move, done] of moves) {
    router.post(`${list}/:sessionId/${path}`, async (request, response) => {
      const { actor, event, shown } = await open(request, response);
      const session = await getSessionOfEvent(event._id, request.params.sessionId);
      const input = { eventId: event._id, sessionId: session._id, move, revision: session.revision };
      const result = await directSession(actor, input, deps);
      if (!result.ok) throw new AppError('conflict', refusedMove(result));
      response.redirect(303, `${shown.path}/sessions?done=${done}`);
    });
  }

  async function save(
    request: Request,
    response: Response,
    opened: OpenedEvent,
    sessionId: string | null,
  ): Promise<void> {
    const read = readForm(sessionForm, request.body);
    if (!read.ok) return sendForm(response, opened, sessionId, read.form, 422);
    const { actor, event } = opened;
    const scope = { organiserId: event.organiserId, eventId: event._id, form: read.input };
    const result =
      sessionId === null
        ? await createSession(actor, scope, deps)
        : await editSession(actor, { ...scope, sessionId }, deps);
    if (result.ok) return response.redirect(303, `${opened.shown.path}/sessions?done=saved`);
    switch (result.reason) {
      case 'invalid':
        return sendForm(response, opened, sessionId, refusedForm(request.body, ...result.errors), 422);
      case 'edited-meanwhile': {
        const message = `This session was changed or moved meanwhile: it is “${result.session.title}”, ${result.session.startsAtLocal.slice(11)} to ${result.session.endsAtLocal.slice(11)}. What you typed is kept: save again to replace that`;
        const form = refusedForm(request.body, { field: 'title', message });
        const values = { ...form.values, revision: String(result.session.revision) };
        return sendForm(response, opened, sessionId, { ...form, values }, 409);
      }
    }
  }

  return router;
}

async function sendForm(
  response: Response,
  { event, sessions, shown }: OpenedEvent,
  sessionId: string | null,
  form: FormState,
  status = 200,
): Promise<void> {
  const speakers = await listSpeakersOfOrganiser(event.organiserId);
  sendPage(
    response,
    <SessionFormPage
      event={shown}
      sessionId={sessionId}
      form={form}
      kinds={sessionKinds}
      stages={event.stages.map(({ name }) => name)}
      speakers={speakers.map(({ _id, name, organisation }) => ({
        value: _id,
        label: organisation ? `${name}, ${organisation}` : name,
      }))}
      zone={showZone(event.startsAt, event.zone)}
      canRemove={!event.publishedAt}
      isCancelled={sessions.find(({ _id }) => _id === sessionId)?.state === 'cancelled'}
    />,
    status,
  );
}
