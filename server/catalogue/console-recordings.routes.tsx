import { Router, type Request, type Response } from 'express';
import { EraseRecordingPage } from '../../client/pages/console/erase-recording.tsx';
import { RecordingsPage } from '../../client/pages/console/recordings.tsx';
import type { FormState } from '../contracts/form-state.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import {
  eraseRecordingForm,
  recordingDaysForm,
  recordingPart,
  usualRecordingDays,
} from '../contracts/recording-form.ts';
import type { Deps } from '../deps.ts';
import { setRecordingDays } from '../events/set-recording-days.ts';
import { readForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { eraseRecording } from '../replays/erase-recording.ts';
import {
  partsOfRun,
  reachOf,
  usesBeside,
  usesOf,
  usesWithin,
  withoutUses,
  type Span,
} from '../replays/recording-use.rules.ts';
import { listReplaysOfEvent } from '../replays/replay.queries.ts';
import { listRecordedRuns, measureRecorded } from '../streams/recording.queries.ts';
import { listStreamsOfEvent } from '../streams/stream.queries.ts';
import { noticeOf } from './console-events.routes.tsx';
import {
  measureInWords,
  obstacleInWords,
  recordingRow,
  spanInWords,
  useInWords,
} from './console-recording.rules.ts';
import { openConsoleEvent, type OpenedEvent } from './open-console-event.ts';
import { stageRows } from './stream-page.rules.ts';

const base = '/console/events/:eventId/recordings';
const notices = { erased: 'It is erased. The files go within a minute.', saved: 'Saved.' };
const refusals = {
  published: 'A replay that shows this was published meanwhile. Take it back first.',
  'goes-on': 'This is still being recorded. Erase it when the session is over.',
  'changed-meanwhile': 'What hangs on this changed meanwhile. Look at it again.',
} as const;
/** Of each its size is asked. */
const mostParts = 200;

/** What is recorded of an event's stages, and the forms that erase it. */
export function consoleRecordingsRoutes(deps: Deps): Router {
  const router = Router();
  const open = (request: Request<{ eventId: string }>, response: Response) =>
    openConsoleEvent(response, request.params.eventId, 'session:edit', deps);

  router.get(base, async (request, response) => {
    const opened = await open(request, response);
    await show(response, opened, { form: daysOf(opened), notice: noticeOf(request, notices) });
  });

  router.post(base, async (request, response) => {
    const opened = await open(request, response);
    const read = readForm(recordingDaysForm, request.body);
    if (!read.ok) return show(response, opened, { form: read.form, status: 422 });
    const { organiserId, _id: eventId } = opened.event;
    await setRecordingDays(opened.actor, { organiserId, eventId, recordingDays: read.input.days }, deps);
    response.redirect(303, `${opened.shown.path}/recordings?done=saved`);
  });

  router.get(`${base}/erase`, async (request, response) => {
    const opened = await open(request, response);
    const asked = recordingPart.safeParse(request.query);
    if (!asked.success) throw notFound('that recording');
    await confirm(response, opened, asked.data);
  });

  router.post(`${base}/erase`, async (request, response) => {
    const opened = await open(request, response);
    const read = readForm(eraseRecordingForm, request.body);
    if (!read.ok) throw new AppError('bad-request', 'Go back to the recordings and press the button again.');
    const { stream: streamId, replays: replayIds, ...span } = read.input;
    const { organiserId, _id: eventId } = opened.event;
    const result = await eraseRecording(
      opened.actor,
      { organiserId, eventId, streamId, ...span, replayIds },
      deps,
    );
    if (result.ok) return response.redirect(303, `${opened.shown.path}/recordings?done=erased`);
    await confirm(response, opened, { stream: streamId, ...span }, refusals[result.reason]);
  });

  async function find({ event, sessions }: OpenedEvent) {
    const [runs, replays, streams] = await Promise.all([
      listRecordedRuns(event._id, deps.clock.now()),
      listReplaysOfEvent(event._id),
      listStreamsOfEvent(event._id),
    ]);
    const names = new Map(event.stages.map(({ id, name }) => [id, name]));
    const stages = new Map(streams.map(({ _id, stageId }) => [_id, names.get(stageId ?? '') ?? event.title]));
    return { runs, stages, uses: usesOf(replays, sessions) };
  }
  const toldOf = ({ event, sessions }: OpenedEvent) => ({
    zone: event.zone,
    titles: new Map(sessions.map(({ _id, title }) => [_id, title])),
  });

  async function show(
    response: Response,
    opened: OpenedEvent,
    page: { readonly form: FormState; readonly notice?: string | null; readonly status?: number },
  ) {
    const { runs, stages, uses } = await find(opened);
    const path = `${opened.shown.path}/recordings`;
    const parts = runs
      .flatMap((run) => partsOfRun(run, uses).map((part) => ({ ...run, ...part })))
      .slice(-mostParts);
    const rows = await Promise.all(
      parts.map(async (part) => {
        const measured = await measureRecorded(part.streamId, part.spans, deps.media);
        const told = { ...toldOf(opened), stage: stages.get(part.streamId) ?? '', path };
        return measured?.bytes === 0 ? [] : [recordingRow(part, measured, told)];
      }),
    );
    sendPage(
      response,
      <RecordingsPage
        event={opened.shown}
        rows={rows.flat()}
        hasStages={stageRows(opened).length > 1}
        form={page.form}
        notice={page.notice ?? null}
      />,
      page.status,
    );
  }

  async function confirm(
    response: Response,
    opened: OpenedEvent,
    asked: Span & { readonly stream: string },
    refusal: string | null = null,
  ) {
    const { runs, stages, uses } = await find(opened);
    const stage = stages.get(asked.stream);
    if (stage === undefined) throw notFound('that recording');
    const hanging = usesWithin(uses, asked.stream, asked);
    const reach = reachOf(asked, hanging);
    const kept = usesBeside(uses, asked.stream, hanging);
    const isGoingOn = runs.some(
      (run) => run.streamId === asked.stream && run.isGoingOn && run.from < asked.to,
    );
    const obstacle = obstacleInWords(hanging, isGoingOn);
    const measured = obstacle
      ? null
      : await measureRecorded(asked.stream, withoutUses(reach, kept), deps.media);
    const told = toldOf(opened);
    sendPage(
      response,
      <EraseRecordingPage
        event={opened.shown}
        stage={stage}
        when={spanInWords(obstacle ? asked : reach, told.zone)}
        size={obstacle ? null : measureInWords(measured)}
        hanging={hanging.map((use) => useInWords(use, told))}
        fields={{
          stream: asked.stream,
          from: String(asked.from),
          to: String(asked.to),
          replays: hanging.flatMap(({ replayId }) => replayId ?? []).join(),
        }}
        obstacle={obstacle}
        refusal={refusal}
      />,
      refusal ? 409 : 200,
    );
  }

  return router;
}

const daysOf = ({ event }: OpenedEvent): FormState => ({
  values: { days: event.recordingDays === null ? '' : String(event.recordingDays ?? usualRecordingDays) },
  errors: [],
});
