import { Router, type Request, type Response } from 'express';
import { ConsoleReplayPage } from '../../client/pages/console/replay.tsx';
import { decodeVtt, largestVtt, readVtt, type Cue } from '../captions/web-vtt.rules.ts';
import type { FieldError, FormState } from '../contracts/form-state.ts';
import { AppError } from '../contracts/problem.ts';
import {
  cutReplayForm,
  largestFilm,
  publishReplayForm,
  replayCaptionsForm,
  replayRevisionForm,
} from '../contracts/replay-form.ts';
import type { Deps } from '../deps.ts';
import { readForm, refusedForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { keepFilm, removeFilm } from '../platform/uploads/keep-film.ts';
import { readUpload } from '../platform/uploads/read-upload.ts';
import type { ChangeReplayResult, ReplayAt } from '../replays/change-replay.ts';
import { editReplay } from '../replays/edit-replay.ts';
import { publishReplay } from '../replays/publish-replay.ts';
import { putReplayFilm } from '../replays/put-replay-film.ts';
import { getReplayOfEvent, listCuesOfReplay, type Replay } from '../replays/replay.queries.ts';
import { writeReplayCaptions } from '../replays/write-replay-captions.ts';
import { noticeOf } from './console-events.routes.tsx';
import { consoleReplay, replayForm } from './console-replay.rules.ts';
import { openConsoleEvent, type OpenedEvent } from './open-console-event.ts';

const base = '/console/events/:eventId/replays/:replayId';
const notices = { saved: 'Saved.', uploaded: 'Your film is shown now.', back: 'Put back.' };
/** By why it was not written; each leads to the field to mend. */
const refusals = {
  'edited-meanwhile': 'This replay was changed meanwhile. Look at it and send yours again',
  'nothing-there': 'There is nothing to watch yet',
  'nothing-left': 'Cut off less: nothing would be left to watch',
  'chapter-outside': 'A chapter begins after the end',
  'cue-outside': 'A caption begins after the end of the video',
} as const;
type Refusal = keyof typeof refusals;
const film = {
  'no-file': 'Choose a file',
  'too-large': 'Choose a film of 2 GB or less',
  'not-mp4': 'Choose an MP4; this file is something else inside, or is not whole',
} as const;

type ReplayRequest = Request<{ eventId: string; replayId: string }>;
interface Opened {
  readonly opened: OpenedEvent;
  readonly replay: Replay;
}

/** One replay in the console: who may watch, cut, chapters, captions, film. Each part is a form that needs no script. */
export function consoleReplayRoutes(deps: Deps): Router {
  const router = Router();
  const { dataDirectory } = deps.config;

  async function open({ params }: ReplayRequest, response: Response): Promise<Opened> {
    const opened = await openConsoleEvent(response, params.eventId, 'session:edit', deps);
    const { organiserId, _id: eventId } = opened.event;
    return { opened, replay: await getReplayOfEvent({ organiserId, eventId }, params.replayId) };
  }
  const at = ({ opened, replay }: Opened, revision: number): ReplayAt => {
    const { organiserId, _id: eventId } = opened.event;
    return { organiserId, eventId, replayId: replay._id, revision };
  };
  const done = (response: Response, { opened, replay }: Opened, notice: keyof typeof notices) =>
    response.redirect(303, `${opened.shown.path}/replays/${replay._id}?done=${notice}`);

  /** What was typed comes back over what is stored, with a sentence beside its field. */
  async function refuse(response: Response, to: Opened, body: unknown, error: FieldError, status: number) {
    const fresh = await getReplayOfEvent(at(to, 0), to.replay._id);
    const stored = replayForm(fresh, await listCuesOfReplay(fresh));
    const { values, errors } = refusedForm(body, error);
    const revision = String(fresh.revision);
    show(
      response,
      { ...to, replay: fresh },
      { values: { ...stored.values, ...values, revision }, errors },
      status,
    );
  }
  const answer = <R extends Refusal>(
    response: Response,
    to: Opened,
    result: ChangeReplayResult<R>,
    of: { readonly body: unknown; readonly field: string; readonly notice?: keyof typeof notices },
  ) => {
    if (result.ok) return done(response, to, of.notice ?? 'saved');
    return refuse(response, to, of.body, { field: of.field, message: refusals[result.reason] }, 409);
  };

  router.get(base, async (request, response) => {
    const to = await open(request, response);
    const form = replayForm(to.replay, await listCuesOfReplay(to.replay));
    show(response, to, form, 200, noticeOf(request, notices));
  });

  router.post(`${base}/publish`, async (request, response) => {
    const to = await open(request, response);
    const { body } = request as { body: unknown };
    const read = readForm(publishReplayForm, body);
    if (!read.ok) return refuse(response, to, body, read.form.errors[0] ?? lost, 422);
    const { visibility, published, downloadable, revision } = read.input;
    const shown = { visibility, isPublished: published === 'yes', isDownloadable: downloadable === 'yes' };
    const result = await publishReplay(to.opened.actor, { ...at(to, revision), ...shown }, deps);
    return answer(response, to, result, { body, field: 'published' });
  });

  router.post(`${base}/cut`, async (request, response) => {
    const to = await open(request, response);
    const { body } = request as { body: unknown };
    const read = readForm(cutReplayForm, body);
    if (!read.ok) return refuse(response, to, body, read.form.errors[0] ?? lost, 422);
    const { trimStart, trimEnd, chapters, revision } = read.input;
    const cut = { trimStart: trimStart ?? 0, trimEnd: trimEnd ?? 0, chapters };
    const result = await editReplay(to.opened.actor, { ...at(to, revision), ...cut }, deps);
    const field = !result.ok && result.reason === 'chapter-outside' ? 'chapters' : 'trimStart';
    return answer(response, to, result, { body, field });
  });

  router.post(`${base}/captions`, async (request, response) => {
    const to = await open(request, response);
    const upload = await readUpload(request, response, 1, largestVtt);
    const { body } = request as { body: unknown };
    const read = readForm(replayCaptionsForm, body);
    if (!upload.ok) return refuse(response, to, {}, { field: 'cues', message: 'Use less text' }, 413);
    if (!read.ok) return refuse(response, to, body, read.form.errors[0] ?? lost, 422);
    const cues = readVtt(read.input.cues, { isTyped: true });
    if (!cues.ok) return refuse(response, to, body, { field: 'cues', message: cues.message }, 422);
    return write(response, to, { cues: cues.cues, revision: read.input.revision, body, field: 'cues' });
  });

  router.post(`${base}/captions-file`, async (request, response) => {
    const to = await open(request, response);
    const upload = await readUpload(request, response, largestVtt);
    const fail = (message: string, status: number) =>
      refuse(response, to, {}, { field: 'captions', message }, status);
    if (!upload.ok) return fail('Choose a file of 1 MB or less', 413);
    const { body } = request as { body: unknown };
    const read = readForm(replayRevisionForm, body);
    if (!upload.file || !read.ok) return fail('Choose a file', 422);
    const text = decodeVtt(upload.file.bytes);
    if (text === null) return fail('Save the file as UTF-8 and choose it again', 422);
    const cues = readVtt(text);
    if (!cues.ok) return fail(cues.message, 422);
    return write(response, to, { cues: cues.cues, revision: read.input.revision, body, field: 'captions' });
  });

  router.post(`${base}/captions-back`, async (request, response) => {
    const to = await open(request, response);
    const { body } = request as { body: unknown };
    const read = readForm(replayRevisionForm, body);
    if (!read.ok) throw pressAgain();
    const { revision } = read.input;
    return write(response, to, { cues: null, revision, body, field: 'cues' });
  });

  async function write(
    response: Response,
    to: Opened,
    of: { cues: readonly Cue[] | null; revision: number; body: unknown; field: string },
  ) {
    const result = await writeReplayCaptions(
      to.opened.actor,
      { ...at(to, of.revision), cues: of.cues },
      deps,
    );
    return answer(response, to, result, of);
  }

  router.post(`${base}/film`, async (request, response) => {
    const to = await open(request, response);
    const kept = await keepFilm(request, response, { dataDirectory, largest: largestFilm });
    const fail = (message: string, status: number) =>
      refuse(response, to, {}, { field: 'file', message }, status);
    if (!kept.ok) return fail(film[kept.reason], kept.reason === 'too-large' ? 413 : 422);
    const { body } = request as { body: unknown };
    const read = readForm(replayRevisionForm, body);
    const before = to.replay.upload?.id;
    const result = read.ok
      ? await putReplayFilm(to.opened.actor, { ...at(to, read.input.revision), film: kept.film }, deps)
      : null;
    const gone = result?.ok ? before : kept.film.id;
    if (gone) await removeFilm(dataDirectory, gone);
    if (!result) return fail('Choose the file again', 422);
    return answer(response, to, result, { body, field: 'file', notice: 'uploaded' });
  });

  router.post(`${base}/film-back`, async (request, response) => {
    const to = await open(request, response);
    const { body } = request as { body: unknown };
    const read = readForm(replayRevisionForm, body);
    if (!read.ok) throw pressAgain();
    const result = await putReplayFilm(to.opened.actor, { ...at(to, read.input.revision), film: null }, deps);
    if (result.ok && to.replay.upload) await removeFilm(dataDirectory, to.replay.upload.id);
    return answer(response, to, result, { body, field: 'file', notice: 'back' });
  });

  return router;
}

const pressAgain = () => new AppError('invalid', 'Go back to the replay and press the button again.');
const lost: FieldError = { field: 'revision', message: 'Reload the page and try again' };

function show(
  response: Response,
  { opened, replay }: Opened,
  form: FormState,
  status: number,
  notice: string | null = null,
) {
  const title =
    opened.sessions.find(({ _id }) => _id === replay.sessionId)?.title ?? 'A session that is gone';
  sendPage(
    response,
    <ConsoleReplayPage
      event={opened.shown}
      replay={consoleReplay(replay, title, opened.event.zone)}
      form={form}
      notice={notice}
    />,
    status,
  );
}
