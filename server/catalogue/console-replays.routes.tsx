import { Router, type Request, type Response } from 'express';
import { ConsoleReplaysPage } from '../../client/pages/console/replays.tsx';
import { listCaptionerLinks } from '../captions/caption.queries.ts';
import { pathOfCaptioner } from '../captions/caption.rules.ts';
import { issueCaptionerLink } from '../captions/issue-captioner-link.ts';
import { revokeCaptionerLink } from '../captions/revoke-captioner-link.ts';
import { captionerLinkForm } from '../contracts/caption.ts';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import type { Deps } from '../deps.ts';
import { readForm, refusedForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { listReplaysOfEvent } from '../replays/replay.queries.ts';
import { noticeOf } from './console-events.routes.tsx';
import { lengthToShow, shownToInWords, stateInWords } from './console-replay.rules.ts';
import { openConsoleEvent, type OpenedEvent } from './open-console-event.ts';

const base = '/console/events/:eventId/replays';
const notices = { ended: 'The link opens nothing any more.' };

/** The recordings of an event, and its captioners' links. */
export function consoleReplaysRoutes(deps: Deps): Router {
  const router = Router();
  const open = (request: Request<{ eventId: string }>, response: Response) =>
    openConsoleEvent(response, request.params.eventId, 'session:edit', deps);

  router.get(base, async (request, response) => {
    const opened = await open(request, response);
    await show(response, opened, { notice: noticeOf(request, notices) });
  });

  router.post(`${base}/captioners`, async (request, response) => {
    const opened = await open(request, response);
    const read = readForm(captionerLinkForm, request.body);
    if (!read.ok) return show(response, opened, { form: read.form, status: 422 });
    const { event, actor } = opened;
    const { name, stage } = read.input;
    const stageId = stage || (event.stages[0]?.id ?? null);
    const scope = { organiserId: event.organiserId, eventId: event._id };
    const result = await issueCaptionerLink(actor, { ...scope, stageId, name }, deps);
    if (!result.ok) {
      const form = refusedForm(request.body, { field: 'name', message: 'End a link first: 20 is the most' });
      return show(response, opened, { form, status: 409 });
    }
    // Shown with the answer to the form and nowhere else: what is stored of it opens nothing.
    await show(response, opened, { newAddress: deps.config.publicUrl + pathOfCaptioner(result.token) });
  });

  router.post(`${base}/captioners/:linkId/revoke`, async (request, response) => {
    const { actor, event, shown } = await open(request, response);
    const scope = { organiserId: event.organiserId, eventId: event._id };
    await revokeCaptionerLink(actor, { ...scope, linkId: request.params.linkId }, deps);
    response.redirect(303, `${shown.path}/replays?done=ended`);
  });

  return router;
}

async function show(
  response: Response,
  { event, sessions, shown }: OpenedEvent,
  page: { form?: FormState; notice?: string | null; newAddress?: string | null; status?: number },
) {
  const [replays, links] = await Promise.all([
    listReplaysOfEvent(event._id),
    listCaptionerLinks(event.organiserId, event._id),
  ]);
  const titles = new Map(sessions.map(({ _id, title }) => [_id, title]));
  const stageNames = new Map(event.stages.map(({ id, name }) => [id, name]));
  sendPage(
    response,
    <ConsoleReplaysPage
      event={shown}
      form={page.form ?? emptyForm}
      notice={page.notice ?? null}
      newAddress={page.newAddress ?? null}
      stages={event.stages.length > 1 ? event.stages.map(({ id, name }) => ({ value: id, label: name })) : []}
      links={links.map(({ _id, name, stageId }) => ({
        id: _id,
        name,
        stage: stageNames.get(stageId ?? '') ?? '',
      }))}
      replays={replays.map((replay) => ({
        id: replay._id,
        title: titles.get(replay.sessionId) ?? 'A session that is gone',
        length: lengthToShow(replay),
        state: stateInWords(replay, event.zone),
        shownTo: shownToInWords(replay),
      }))}
    />,
    page.status,
  );
}
