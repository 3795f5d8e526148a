import type { MediaMessage } from '../../../contracts/media-control.ts';
import type { PictureSource } from '../../../contracts/stage-picture.ts';
import type { AccessUnit } from '../access-unit.ts';
import type { Run } from '../packaging/open-run.ts';
import type { Rendition } from '../rendition.ts';
import type { Input } from './input.ts';

/** Without a unit for so long an input is stalled, and a second publisher with its key takes its place. */
export const stalledAfterMs = 3_000;
/** An input that has sent sound alone for so long has no picture. */
const soundAloneMs = 3_000;
/** Whoever still watches the end of a run has this long to fetch it. */
const keptAfterEndMs = 10 * 60_000;

export interface StreamOptions {
  readonly streamId: string;
  /** ms since 1970. */
  readonly now: () => number;
  readonly reconnectMs: number;
  readonly newRunId: () => string;
  readonly openRun: (streamId: string, runId: string) => Run;
  readonly tell: (message: MediaMessage<'run'>) => void;
  /** A run that is not over was changed: null when it is over. */
  readonly note: (run: { runId: string; startedAt: number; lostAt: number | null } | null) => void;
}

interface CurrentRun {
  readonly run: Run;
  readonly startedAt: number;
  /** When its encoder went, until it is back. */
  lostAt: number | null;
}

export interface StreamOnAir {
  readonly streamId: string;
  readonly inputs: ReadonlyMap<PictureSource, Input>;
  readonly onAir: Input | null;
  readonly current: Readonly<CurrentRun> | null;
  /** What web chose to be seen, while it has not sent a picture to begin with and others, or nobody, are seen. */
  readonly waitsFor: PictureSource | null;
  /** Somebody publishes: a run that is kept from viewers goes on, however long. */
  isSentTo(): boolean;
  /** An input whose place was taken is out: it must be cut before. */
  add(input: Input): void;
  remove(input: Input): void;
  unit(input: Input, unit: AccessUnit): void;
  /** undefined: whoever comes first. null: nobody. */
  select(source: PictureSource | null | undefined): void;
  /** Resolves when all that came is kept. */
  finish(): Promise<void>;
  /** A run that another process began. */
  goOnWith(run: Run, startedAt: number, lostAt: number): void;
  /** Judges by the time that has passed; to be called several times a second. */
  look(): void;
  renditions(runId: string): readonly Rendition[] | null;
  /** Nothing comes in, and nothing is kept for those who watch. */
  isIdle(): boolean;
}

/** What one stream's viewers get: which of its inputs is on air, and the run that is made of it. */
export function openStream(options: StreamOptions): StreamOnAir {
  const { streamId, now } = options;
  const inputs = new Map<PictureSource, Input>();
  let selected: PictureSource | null | undefined;
  let onAir: Input | null = null;
  let current: CurrentRun | null = null;
  /** When the last unit came, of whichever input. */
  let sentAt = -Infinity;
  let past: { readonly run: Run; readonly endedAt: number }[] = [];

  const report = (state: MediaMessage<'run'>['state'], at: number) => {
    if (!current) return;
    const { run, startedAt, lostAt } = current;
    options.note(state === 'ended' ? null : { runId: run.runId, startedAt, lostAt });
    options.tell({ streamId, runId: run.runId, state, startedAt, at: Math.round(at) });
  };
  const isSentTo = () => inputs.size > 0 && now() - sentAt <= stalledAfterMs;
  const lose = (at: number) => {
    if (!current || current.lostAt !== null) return;
    current.lostAt = at;
    current.run.away();
    report('lost', at);
    if (options.reconnectMs === 0 && !isSentTo()) void end();
  };
  const end = async () => {
    if (!current) return;
    const { run } = current;
    const kept = run.end();
    report('ended', now());
    past.push({ run, endedAt: now() });
    current = null;
    onAir = null;
    await kept;
  };
  const goOn = () => {
    if (!current || current.lostAt === null) return;
    current.lostAt = null;
    current.run.back();
    report('resumed', now());
  };

  const isWanted = (input: Input) =>
    selected === undefined ? onAir === null || onAir === input : selected === input.source;
  const canBegin = (input: Input, unit: AccessUnit) =>
    unit.kind === 'video'
      ? unit.isKey && input.tracks.has('video')
      : !input.tracks.has('video') && input.firstUnitAt !== null && now() - input.firstUnitAt >= soundAloneMs;
  const putOnAir = (input: Input, unit: AccessUnit) => {
    onAir = input;
    const isNew = current === null;
    const run = current?.run ?? options.openRun(streamId, options.newRunId());
    if (isNew) current = { run, startedAt: Math.round(now()), lostAt: null };
    else run.switchInput();
    for (const track of input.tracks.values()) run.track(track);
    goOn();
    run.unit(unit);
    if (isNew) report('started', now());
  };

  return {
    streamId,
    inputs,
    get onAir() {
      return onAir;
    },
    get current() {
      return current;
    },
    get waitsFor() {
      return selected && onAir?.source !== selected ? selected : null;
    },
    isSentTo,
    add: (input) => void inputs.set(input.source, input),
    remove(input) {
      if (inputs.get(input.source) === input) inputs.delete(input.source);
      if (onAir !== input) return;
      onAir = null;
      lose(now());
    },
    unit(input, unit) {
      if (inputs.get(input.source) !== input) return;
      sentAt = now();
      if (onAir === input) {
        // Only the line was slow: what comes now follows what came before.
        goOn();
        current?.run.unit(unit);
      } else if (isWanted(input) && canBegin(input, unit)) putOnAir(input, unit);
    },
    select(source) {
      selected = source === 'external' ? null : source;
      if (selected === null) {
        onAir = null;
        lose(now());
      } else if (selected !== undefined && onAir?.source !== selected)
        inputs.get(selected)?.publisher.requestKeyFrame?.();
    },
    finish: end,
    goOnWith(run, startedAt, lostAt) {
      current = { run, startedAt, lostAt: null };
      lose(lostAt);
    },
    look() {
      if (onAir && current?.lostAt === null) {
        const quietSince = onAir.lastUnitAt ?? onAir.connectedAt;
        if (now() - quietSince > stalledAfterMs) lose(now());
      }
      // A slate may be shown for hours: the run waits for its encoder, and only from when that is gone.
      if (current?.lostAt != null && !isSentTo()) {
        const goneAt = Math.max(current.lostAt, sentAt);
        if (now() - goneAt >= options.reconnectMs) void end();
      }
      past = past.filter(({ endedAt }) => now() - endedAt < keptAfterEndMs);
    },
    renditions: (runId) =>
      [current?.run, ...past.map(({ run }) => run)].find((run) => run?.runId === runId)?.renditions ?? null,
    isIdle: () => inputs.size === 0 && current === null && past.length === 0,
  };
}
