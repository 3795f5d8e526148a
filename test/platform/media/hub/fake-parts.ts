import { setImmediate } from 'node:timers/promises';
import type {
  MediaAnswer,
  MediaMessage,
  MediaMessageName,
} from '../../../../server/contracts/media-control.ts';
import type { PictureSource } from '../../../../server/contracts/stage-picture.ts';
import type { AccessUnit, MediaTrack } from '../../../../server/platform/media/access-unit.ts';
import type { WebClient } from '../../../../server/platform/media/control/web-client.ts';
import { openHub, type Hub } from '../../../../server/platform/media/hub/hub.ts';
import type { OpenRunNote, RunJournal } from '../../../../server/platform/media/hub/run-journal.ts';
import type { Run } from '../../../../server/platform/media/packaging/open-run.ts';
import type { OpenInput } from '../../../../server/platform/media/publishing.ts';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import { TestClock } from '../../../support/test-clock.ts';

export const video: MediaTrack = {
  ...{ kind: 'video', codec: 'h264', codecString: 'avc1.64001f' },
  ...{ width: 1280, height: 720, description: Buffer.alloc(8) },
};
const audio: MediaTrack = {
  ...{ kind: 'audio', codec: 'aac', codecString: 'mp4a.40.2' },
  ...{ sampleRate: 48_000, channels: 2, description: Buffer.alloc(2) },
};

/** A run that writes down what becomes of it; units by the name they carry. */
export interface FakeRun extends Run {
  readonly story: string[];
}

export function fakeRun(streamId: string, runId: string, story: string[] = []): FakeRun {
  const note = (text: string) => void story.push(text);
  return {
    streamId,
    runId,
    story,
    startedAt: null,
    renditions: [],
    recordedMs: 0,
    switchInput: () => note('switch'),
    tap: () => () => undefined,
    rung: () => ({ track: () => undefined, unit: () => undefined }),
    dropRung: () => undefined,
    away: () => note('away'),
    back: () => note('back'),
    record: (isOn, hasRungs = true) => note(isOn ? (hasRungs ? 'record' : 'record source') : 'no record'),
    end: () => Promise.resolve(note('end')),
    suspend: () => Promise.resolve(note('suspend')),
    track: (track) => note(track.kind),
    unit: (unit) => note(unit.data.toString()),
  };
}

export interface HubTest {
  readonly hub: Hub;
  readonly clock: TestClock;
  readonly runs: FakeRun[];
  /** `<run number> <state>`, as web hears it. */
  readonly told: string[];
  readonly health: MediaMessage<'health'>[];
  readonly web: { onAir: { streamId: string; source: PictureSource | null }[]; isAway: boolean };
  readonly journal: Map<string, OpenRunNote>;
  /** Publishes with a key of `source`; the encoder's name is in `cuts` when it was cut. */
  publish(name: string, source?: string): Promise<Encoder>;
  readonly cuts: string[];
  /** Time goes on, and the hub looks as often as it does in life. */
  pass(seconds: number): void;
  settle(): Promise<void>;
}
export interface Encoder {
  readonly input: OpenInput;
  key(name: string): void;
  frame(name: string): void;
  sound(name: string): void;
}

/** A hub on a clock that the test moves, with a web side that lets everybody in whose key is `encoder` or `studio`, with a tag after it. */
export async function openTestHub(
  options: {
    reconnectSeconds?: number;
    journal?: Map<string, OpenRunNote>;
    onAir?: HubTest['web']['onAir'];
  } = {},
): Promise<HubTest> {
  const clock = new TestClock('2026-11-24T09:00:00Z');
  const journal = options.journal ?? new Map<string, OpenRunNote>();
  const runs: FakeRun[] = [];
  const told: string[] = [];
  const cuts: string[] = [];
  const health: MediaMessage<'health'>[] = [];
  const web: HubTest['web'] = { onAir: options.onAir ?? [], isAway: false };
  const numberOf = (runId: string) => {
    const found = runs.findIndex((run) => run.runId === runId);
    return found < 0 ? 'gone' : String(found + 1);
  };
  const answers: { [K in MediaMessageName]: (message: MediaMessage<K>) => MediaAnswer<K> } = {
    hello: () => ({ onAir: web.onAir, revoked: [] }),
    publish({ credential }) {
      const [source, tag] = credential.split(' ');
      return source === 'encoder' || source === 'studio'
        ? { ok: true, streamId: 'stream-0001', source, tag }
        : { ok: false, reason: 'unknown-key', message: 'There is no such key.' };
    },
    run({ runId, state }) {
      told.push(`${numberOf(runId)} ${state}`);
      return {};
    },
    health(message) {
      health.push(message);
      return {};
    },
    made: () => ({}),
  };
  const client: WebClient = {
    ask: (name, message) =>
      Promise.resolve(
        web.isAway
          ? { ok: false, reason: 'unreachable', message: 'away' }
          : { ok: true, answer: (answers[name] as (message: unknown) => never)(message) },
      ),
  };
  const kept: RunJournal = {
    write: (streamId, run) =>
      void journal.set(streamId, { ...run, streamId, lostAt: run.lostAt ?? clock.now().getTime() }),
    touch: () => undefined,
    remove: (streamId) => void journal.delete(streamId),
    list: () => Promise.resolve([...journal.values()]),
    settled: () => Promise.resolve(),
  };
  const open = (streamId: string, runId: string) => {
    const run = fakeRun(streamId, runId);
    runs.push(run);
    return run;
  };
  const hub = await openHub({
    ...{ node: 'one', web: client, clock, journal: kept, logger: createLogger('silent') },
    reconnectMs: (options.reconnectSeconds ?? 90) * 1_000,
    openRun: open,
    reopenRun: (streamId, runId) => Promise.resolve(runId.startsWith('gone') ? null : open(streamId, runId)),
    attach: () => ({ warnings: () => [], isRecording: () => true, stop: () => undefined }),
    onRevoked: () => undefined,
  });

  const encoderOf = (input: OpenInput): Encoder => {
    let dts = 0;
    const send = (kind: AccessUnit['kind'], isKey: boolean, name: string) => {
      dts += 3_000;
      input.unit({ kind, dts, pts: dts, isKey, data: Buffer.from(name) });
    };
    return {
      input,
      key: (name) => send('video', true, name),
      frame: (name) => send('video', false, name),
      sound: (name) => send('audio', true, name),
    };
  };
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
  };
  return {
    ...{ hub, clock, runs, told, health, web, journal, cuts, settle },
    async publish(name, source = 'encoder') {
      const answer = await hub.admit({
        kind: 'rtmp',
        credential: source,
        address: '127.0.0.1',
        cut: () => void cuts.push(name),
      });
      if (!answer.ok) throw new Error(answer.reason);
      answer.input.track(video);
      answer.input.track(audio);
      return encoderOf(answer.input);
    },
    pass(seconds) {
      for (let passed = 0; passed < seconds; passed += 0.25) {
        clock.advance({ seconds: 0.25 });
        hub.look();
      }
    },
  };
}
