import type { PictureSource } from '../../../contracts/stage-picture.ts';
import type { StreamHealth, StreamWarning } from '../../../contracts/stream-health.ts';
import type { Logger } from '../../logging/create-logger.ts';
import { newId } from '../../new-id.ts';
import type { Clock } from '../../time/clock.ts';
import type { WebClient } from '../control/web-client.ts';
import type { Run } from '../packaging/open-run.ts';
import type { Admit, OpenInput, PublishAnswer } from '../publishing.ts';
import type { Rendition } from '../rendition.ts';
import { countViewers } from './count-viewers.ts';
import { inputHealth, newInput, type Input } from './input.ts';
import type { RunJournal } from './run-journal.ts';
import { openStream, stalledAfterMs, type StreamOnAir } from './stream-on-air.ts';
import { tellWeb } from './tell-web.ts';

/** What a run has besides what viewers get. */
export interface RunExtras {
  readonly warnings: () => StreamWarning[];
  readonly isRecording: () => boolean;
  /** The run is over. */
  readonly stop: () => void;
}

export interface HubOptions {
  readonly node: string;
  readonly web: WebClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly reconnectMs: number;
  readonly journal: RunJournal;
  readonly openRun: (streamId: string, runId: string) => Run;
  readonly reopenRun: (streamId: string, runId: string) => Promise<Run | null>;
  /** Recording and smaller pictures, from the first picture of a run in this process. */
  readonly attach: (run: Run) => RunExtras;
  /** Whom web does not let watch any more, as `hello` says. */
  readonly onRevoked: (viewers: readonly string[], until: number) => void;
}

export interface Hub {
  readonly admit: Admit;
  select(streamId: string, source: PictureSource | null): void;
  /** `tag`: only whoever was let in with it. */
  cut(streamId: string, source: PictureSource | null, why: string, tag?: string): void;
  /** Resolves when all that came is kept. */
  finish(streamId: string): Promise<void>;
  renditions(streamId: string, runId: string): readonly Rendition[] | null;
  sawViewer(streamId: string, viewer: string): void;
  health(): StreamHealth[];
  look(): void;
  /** Tells web how things are, unless it still has the last to answer. */
  reportHealth(): Promise<void>;
  /** Publishers are sent away; runs wait for the process that comes after this one. */
  stop(): Promise<void>;
}

/** Takes publishers in and decides what the viewers of each stream get. Resolves when runs of before are found. */
export async function openHub(options: HubOptions): Promise<Hub> {
  const { web, clock, logger, journal } = options;
  const now = () => clock.now().getTime();
  const streams = new Map<string, StreamOnAir>();
  const extras = new Map<Run, RunExtras>();
  const selected = new Map<string, PictureSource | null>();
  /** The number of the last cut of each input: a key may be changed between the question for it and its answer. */
  const cutBy = new Map<string, number>();
  let cuts = 0;
  const viewers = countViewers(now);
  const teller = tellWeb(web, logger);
  let reported = 0;

  const attach = (run: Run) => {
    extras.set(run, options.attach(run));
    return run;
  };
  const streamOf = (streamId: string): StreamOnAir => {
    const known = streams.get(streamId);
    if (known) return known;
    const stream = openStream({
      streamId,
      now,
      reconnectMs: options.reconnectMs,
      newRunId: newId,
      openRun: (id, runId) => attach(options.openRun(id, runId)),
      tell: (message) => {
        logger.info({ streamId, runId: message.runId, state: message.state }, 'a run changed');
        teller.tell(message);
      },
      note: (run) => (run ? journal.write(streamId, run) : journal.remove(streamId)),
    });
    stream.select(selected.get(streamId));
    streams.set(streamId, stream);
    return stream;
  };

  for (const { streamId, runId, startedAt, lostAt } of await journal.list()) {
    const run = await options.reopenRun(streamId, runId).catch((error: unknown) => {
      logger.error({ err: error, streamId, runId }, 'a run that was not over cannot be read');
      return null;
    });
    if (run) streamOf(streamId).goOnWith(attach(run), startedAt, Math.round(lostAt));
    else {
      journal.remove(streamId);
      teller.tell({ streamId, runId, state: 'ended', startedAt, at: Math.round(lostAt) });
    }
  }

  let greeting: Promise<boolean> | null = null;
  const greet = () =>
    (greeting ??= web.ask('hello', { node: options.node }).then((said) => {
      if (!said.ok) {
        greeting = null;
        return false;
      }
      for (const { streamId, source } of said.answer.onAir) {
        selected.set(streamId, source);
        streams.get(streamId)?.select(source);
      }
      for (const { viewer, until } of said.answer.revoked) options.onRevoked([viewer], until);
      return true;
    }));

  const letIn = (streamId: string, comes: Pick<Input, 'source' | 'publisher' | 'tag'>): PublishAnswer => {
    const stream = streamOf(streamId);
    const { source, publisher } = comes;
    const other = stream.inputs.get(source);
    if (other) {
      if (now() - (other.lastUnitAt ?? other.connectedAt) <= stalledAfterMs)
        return { ok: false, reason: 'busy', message: busy };
      other.publisher.cut('Somebody else publishes with the same key now.');
      stream.remove(other);
    }
    const input = newInput(comes, now());
    stream.add(input);
    logger.info({ streamId, source, kind: publisher.kind }, 'a publisher came');
    return { ok: true, input: sinkOf(stream, input) };
  };
  /** One stream that cannot be packaged must not take the others with it. */
  const guarded = (stream: StreamOnAir, input: Input | null, act: () => void) => {
    try {
      act();
    } catch (error) {
      logger.error({ err: error, streamId: stream.streamId }, 'a picture could not be taken');
      if (!input) return;
      input.publisher.cut('Something went wrong on our side. Connect again.');
      guarded(stream, null, () => stream.remove(input));
    }
  };
  const sinkOf = (stream: StreamOnAir, input: Input): OpenInput => ({
    track(track) {
      input.tracks.set(track.kind, track);
      input.measure.track(track);
      guarded(stream, input, () => stream.onAir === input && stream.current?.run.track(track));
    },
    unit(unit) {
      input.firstUnitAt ??= now();
      input.lastUnitAt = now();
      input.measure.unit(unit, input.lastUnitAt);
      guarded(stream, input, () => stream.unit(input, unit));
    },
    dropped: (units) => input.measure.dropped(units),
    close(how) {
      if (stream.inputs.get(input.source) !== input) return;
      const { source, publisher } = input;
      logger.info({ streamId: stream.streamId, source, kind: publisher.kind, how }, 'a publisher went');
      guarded(stream, null, () => stream.remove(input));
    },
  });

  const healthOf = (stream: StreamOnAir): StreamHealth => {
    const { onAir, current } = stream;
    const extra = current ? extras.get(current.run) : undefined;
    const warnings = [...[...stream.inputs.values()].flatMap(({ measure }) => measure.warnings(now()))];
    return {
      streamId: stream.streamId,
      state: stateOf(stream),
      runId: current?.run.runId ?? null,
      onAir: onAir?.source ?? null,
      waitsFor: stream.waitsFor,
      inputs: [...stream.inputs.values()].map((input) => inputHealth(input, now(), stalledAfterMs)),
      rungs: current?.run.renditions.map(({ name }) => name) ?? [],
      viewers: viewers.count(stream.streamId),
      isRecording: (current?.lostAt === null && extra?.isRecording()) ?? false,
      recordedMs: Math.round(current?.run.recordedMs ?? 0),
      warnings: [...new Set([...warnings, ...(extra?.warnings() ?? [])])],
    };
  };

  let isReporting = false;
  return {
    async admit(publisher) {
      const { kind, credential, address } = publisher;
      const cutsBefore = cuts;
      if (!(await greet())) return unavailable;
      const asked = await web.ask('publish', { kind, credential, address });
      if (!asked.ok) return unavailable;
      if (asked.answer.ok) {
        const { streamId, source, tag = null } = asked.answer;
        const wasCut = [source, 'any', tag].some(
          (one) => (cutBy.get(`${streamId} ${one}`) ?? 0) > cutsBefore,
        );
        if (source === 'external' || wasCut) return unavailable;
        return letIn(streamId, { source, publisher, tag });
      }
      const { reason, message } = asked.answer;
      logger.info({ kind, reason }, 'a publisher was refused');
      return { ok: false, reason: reason === 'too-many' ? 'too-many' : 'refused', message };
    },
    select(streamId, source) {
      selected.set(streamId, source);
      streams.get(streamId)?.select(source);
    },
    cut(streamId, source, why, tag) {
      cutBy.set(`${streamId} ${tag ?? source ?? 'any'}`, (cuts += 1));
      const stream = streams.get(streamId);
      for (const input of [...(stream?.inputs.values() ?? [])].filter(
        (one) => (!source || one.source === source) && (!tag || one.tag === tag),
      )) {
        input.publisher.cut(why);
        stream?.remove(input);
      }
    },
    finish: async (streamId) => streams.get(streamId)?.finish(),
    renditions: (streamId, runId) => streams.get(streamId)?.renditions(runId) ?? null,
    sawViewer: (streamId, viewer) => viewers.saw(streamId, viewer),
    health: () => [...streams.values()].map(healthOf),
    look() {
      for (const stream of streams.values()) {
        guarded(stream, null, () => stream.look());
        if (stream.isIdle()) streams.delete(stream.streamId);
      }
      const alive = new Set([...streams.values()].map(({ current }) => current?.run));
      for (const [run, extra] of extras) {
        if (alive.has(run)) continue;
        extra.stop();
        extras.delete(run);
      }
    },
    async reportHealth() {
      void greet();
      for (const stream of streams.values())
        if (stream.current?.lostAt === null || (stream.current && stream.isSentTo()))
          journal.touch(stream.streamId);
      const busyStreams = [...streams.values()].filter(({ inputs, current }) => inputs.size > 0 || current);
      // Once more after the last went, so that nobody looks at figures of a stream that is gone.
      if (isReporting || (busyStreams.length === 0 && reported === 0)) return;
      isReporting = true;
      const told = await web.ask('health', { node: options.node, streams: busyStreams.map(healthOf) });
      if (told.ok) reported = busyStreams.length;
      isReporting = false;
    },
    async stop() {
      for (const stream of streams.values())
        for (const input of [...stream.inputs.values()]) {
          input.publisher.cut('The server restarts. Connect again; the recording goes on.');
          stream.remove(input);
        }
      for (const extra of extras.values()) extra.stop();
      await Promise.all([...streams.values()].map(async ({ current }) => current?.run.suspend()));
      teller.stop();
      await journal.settled();
    },
  };
}

const busy =
  'Somebody else publishes here with the same key and is well. Stop the other encoder, or wait three seconds after it stopped.';
const unavailable = {
  ok: false,
  reason: 'unavailable',
  message: 'We cannot check the key just now. Try again in a few seconds.',
} as const;

function stateOf({ inputs, onAir, current }: StreamOnAir): StreamHealth['state'] {
  if (current?.lostAt === null) return 'live';
  if (current) return onAir ? 'stalled' : 'reconnecting';
  return inputs.size > 0 ? 'connecting' : 'ended';
}
