import { Router, type Request, type Response } from 'express';
import { StreamPage } from '../../client/pages/console/stream.tsx';
import { StreamsPage } from '../../client/pages/console/streams.tsx';
import { AppError, notFound } from '../contracts/problem.ts';
import {
  plannedForm,
  removePlannedForm,
  showPictureForm,
  streamKeyForm,
  streamSettingsForm,
} from '../contracts/stream-form.ts';
import type { Deps } from '../deps.ts';
import { readForm, refusedForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { instantOfWallTime } from '../platform/time/wall-time.ts';
import { editStream } from '../streams/edit-stream.ts';
import { makeStreamKey } from '../streams/make-stream-key.ts';
import { planPicture } from '../streams/plan-picture.ts';
import { removePlannedPicture } from '../streams/remove-planned-picture.ts';
import { revokeStreamKey } from '../streams/revoke-stream-key.ts';
import { showPicture } from '../streams/show-picture.ts';
import { pathOfStage, stageOfPath } from '../streams/stream-change.rules.ts';
import { refusedSwitch } from '../streams/stream.rules.ts';
import { findStreamOfStage, listStreamsOfEvent } from '../streams/stream.queries.ts';
import { lastMeasured } from '../streams/tell-measured.ts';
import { noticeOf } from './console-events.routes.tsx';
import { openConsoleEvent } from './open-console-event.ts';
import { stageRows, streamPage, type OpenedStage, type StreamPageChanges } from './stream-page.rules.ts';

const base = '/console/events/:eventId/streams';
const meanwhile = 'This stage was changed meanwhile. Look at it again, then send yours';
const notices = {
  shown: 'Switched.',
  saved: 'Saved.',
  revoked: 'The key is revoked.',
  planned: 'Planned.',
  unplanned: 'Taken off the plan.',
};
const refusals = {
  past: 'Choose a time that is still to come',
  'too-many': 'Remove a planned switch first; there are as many as there can be',
  'no-player': 'Set another player first; this stage has none',
} as const;

type StageRequest = Request<{ eventId: string; stageId: string }>;

/** Where an event's pictures come from: keys, slate, other player, and the switch, as forms. */
export function consoleStreamRoutes(deps: Deps): Router {
  const router = Router();

  async function open(
    { params }: StageRequest,
    response: Response,
    permission: 'stream:edit' | 'picture:show',
  ): Promise<OpenedStage> {
    const opened = await openConsoleEvent(response, params.eventId, permission, deps);
    const stageId = stageOfPath(opened.event, params.stageId);
    if (stageId === undefined) throw notFound('that stage');
    return { ...opened, stageId };
  }
  const back = (response: Response, { shown, stageId }: OpenedStage, done: string) =>
    response.redirect(303, `${shown.path}/streams/${pathOfStage(stageId)}?done=${done}`);

  async function show(
    request: StageRequest,
    response: Response,
    opened: OpenedStage,
    { status, ...changes }: StreamPageChanges & { readonly status?: number } = {},
  ) {
    const stream = await findStreamOfStage(opened.event._id, opened.stageId);
    const health = stream ? lastMeasured(stream._id) : null;
    const notice = status === undefined ? noticeOf(request, notices) : null;
    const props = streamPage(opened, { stream, health, notice, ...changes }, deps.config);
    // It may hold a key.
    response.set('Cache-Control', 'no-store');
    sendPage(response, <StreamPage {...props} />, status);
  }

  router.get(base, async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'picture:show', deps);
    const streams = await listStreamsOfEvent(opened.event._id);
    const stages = stageRows(opened).map(({ stageId, name, path }) => {
      const stream = streams.find((one) => (one.stageId ?? null) === stageId);
      const health = stream ? lastMeasured(stream._id) : null;
      const state = health?.state ?? (stream?.isReceiving ? 'live' : 'idle');
      return { name, path, shows: stream?.shows ?? null, state, health, hasKey: Boolean(stream?.keyHash) };
    });
    sendPage(response, <StreamsPage event={opened.shown} stages={stages} />);
  });

  router.get(`${base}/:stageId`, async (request: StageRequest, response) => {
    await show(request, response, await open(request, response, 'picture:show'));
  });

  router.post(`${base}/:stageId/show`, async (request: StageRequest, response) => {
    const opened = await open(request, response, 'picture:show');
    const read = readForm(showPictureForm, request.body);
    if (!read.ok) throw new AppError('bad-request', 'Reload the page and press the button again.');
    const result = await showPicture(opened, { stageId: opened.stageId, ...read.input }, deps);
    if (result.ok) return back(response, opened, 'shown');
    await show(request, response, opened, { refusal: refusedSwitch[result.reason], status: 409 });
  });

  router.post(`${base}/:stageId/key`, async (request: StageRequest, response) => {
    const opened = await open(request, response, 'stream:edit');
    const read = readForm(streamKeyForm, request.body);
    if (!read.ok) throw new AppError('bad-request', 'Reload the page and press the button again.');
    const made = await makeStreamKey(opened.actor, { ...opened, madeAt: read.input.key }, deps);
    // Shown by the answer to the press, so that it stands in no address and is stored nowhere.
    if (made.ok) return show(request, response, opened, { newKey: made.key });
    const refusal = 'A key was made meanwhile, and is shown once only. Make a new one if nobody has it.';
    await show(request, response, opened, { refusal, status: 409 });
  });

  router.post(`${base}/:stageId/key/revoke`, async (request: StageRequest, response) => {
    const opened = await open(request, response, 'stream:edit');
    const read = readForm(streamKeyForm, request.body);
    if (!read.ok) throw new AppError('bad-request', 'Reload the page and press the button again.');
    await revokeStreamKey(opened.actor, { ...opened, madeAt: read.input.key }, deps);
    back(response, opened, 'revoked');
  });

  router.post(`${base}/:stageId/settings`, async (request: StageRequest, response) => {
    const opened = await open(request, response, 'stream:edit');
    const read = readForm(streamSettingsForm, request.body);
    if (!read.ok) return show(request, response, opened, { settings: read.form, status: 422 });
    const result = await editStream(opened.actor, { ...opened, ...read.input }, deps);
    if (result.ok) return back(response, opened, 'saved');
    const typed = refusedForm(request.body, { field: 'slateText', message: meanwhile });
    const values = { ...typed.values, revision: String(result.stream.revision) };
    await show(request, response, opened, { settings: { ...typed, values }, status: 409 });
  });

  router.post(`${base}/:stageId/planned`, async (request: StageRequest, response) => {
    const opened = await open(request, response, 'stream:edit');
    const read = readForm(plannedForm, request.body);
    if (!read.ok) return show(request, response, opened, { plan: read.form, status: 422 });
    const at = instantOfWallTime(read.input.at, opened.event.zone);
    const refuse = (message: string) => {
      const plan = refusedForm(request.body, { field: 'at', message });
      return show(request, response, opened, { plan, status: 422 });
    };
    if (!at.ok) return refuse('Choose a time that the clock has on that day');
    const result = await planPicture(
      opened.actor,
      { ...opened, at: at.instant, shows: read.input.shows },
      deps,
    );
    if (!result.ok) return refuse(refusals[result.reason]);
    back(response, opened, 'planned');
  });

  router.post(`${base}/:stageId/planned/remove`, async (request: StageRequest, response) => {
    const opened = await open(request, response, 'stream:edit');
    const read = readForm(removePlannedForm, request.body);
    if (!read.ok) throw new AppError('bad-request', 'Reload the page and press the button again.');
    await removePlannedPicture(opened.actor, { ...opened, at: new Date(read.input.at) }, deps);
    back(response, opened, 'unplanned');
  });

  return router;
}
