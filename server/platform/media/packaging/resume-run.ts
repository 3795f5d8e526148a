import { ticksPerSecond } from '../access-unit.ts';
import type { PlanStart } from './segment-plan.ts';
import type { IndexLine, InitLine, SegmentLine } from './segment-store.ts';
import type { WindowSegment } from './segment-window.ts';

export interface ResumedRun {
  readonly startedAt: number;
  readonly plan: PlanStart;
  /** Where the timeline was, in ticks. */
  readonly end: number;
  readonly recordedTicks: number;
  readonly rungs: ReadonlyMap<string, ResumedRung>;
}

export interface ResumedRung {
  /** Oldest first. */
  readonly segments: readonly WindowSegment[];
  /** How the rung was set up last. */
  readonly init: InitLine;
}

export const sourceRung = 'source';

/** A playlist numbers its segments by their places in it: what a rung has not is a gap, as it was before. */
function windowOf(
  source: readonly SegmentLine[],
  own: readonly SegmentLine[],
  discontinuitiesAt: ReadonlyMap<number, number>,
): readonly WindowSegment[] {
  const kept = new Map(own.map((line) => [line.msn, line]));
  const first = source.findIndex(({ msn }) => kept.has(msn));
  let init = 0;
  return source.slice(first < 0 ? source.length : first).map((planned) => {
    const line = kept.get(planned.msn);
    init = line?.init ?? init;
    const { msn, at, ticks, discontinuity } = line ?? planned;
    return {
      ...{ msn, at, ticks, init, discontinuity, discontinuities: discontinuitiesAt.get(msn) ?? 0 },
      ...{ isIndependent: true, isGap: line === undefined, parts: [], bytes: null },
      ...{ size: line?.bytes ?? 0, pictures: line?.pictures ?? 0 },
    };
  });
}

/** What came after the last time that the disk took nothing: of that there is no telling what was where. */
function unbrokenEnd(source: readonly SegmentLine[]): readonly SegmentLine[] {
  const from = source.findLastIndex(({ msn }, index) => index > 0 && source[index - 1]?.msn !== msn - 1);
  return source.slice(Math.max(0, from));
}

/** What the index of a run says of where it was when its process died; null: nothing was kept. */
export function readResumedRun(lines: readonly IndexLine[]): ResumedRun | null {
  const head = lines.find((line) => line.kind === 'run');
  const segments = lines.filter((line) => line.kind === 'segment');
  const source = segments.filter(({ rung }) => rung === sourceRung);
  const last = source.at(-1);
  if (!head || !last) return null;
  let discontinuities = 0;
  const counted = new Map(
    source.map(({ msn, discontinuity }) => [msn, (discontinuities += Number(discontinuity))]),
  );
  const inits = new Map(lines.flatMap((line) => (line.kind === 'init' ? [[line.rung, line]] : [])));
  const shown = unbrokenEnd(source);
  const rungs = [...inits].map(([rung, init]) => {
    const own = segments.filter((line) => line.rung === rung);
    return [rung, { segments: windowOf(shown, own, counted), init }] as const;
  });
  return {
    startedAt: head.startedAt,
    plan: { targetDuration: head.targetDuration, nextMsn: last.msn + 1, discontinuities },
    end: Math.ceil(((last.at - head.startedAt) * ticksPerSecond) / 1_000 + last.ticks),
    recordedTicks: source.reduce((sum, { ticks }) => sum + ticks, 0),
    rungs: new Map(rungs),
  };
}
