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

function windowOf(lines: readonly SegmentLine[], discontinuitiesAt: ReadonlyMap<number, number>) {
  return lines.map((line): WindowSegment => ({
    ...{ msn: line.msn, at: line.at, ticks: line.ticks, init: line.init },
    ...{ discontinuity: line.discontinuity, discontinuities: discontinuitiesAt.get(line.msn) ?? 0 },
    ...{ isIndependent: true, isGap: false, parts: [], bytes: null },
    ...{ size: line.bytes, pictures: line.pictures },
  }));
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
  const rungs = [...inits].map(([rung, init]) => {
    const own = segments.filter((line) => line.rung === rung && line.msn <= last.msn);
    return [rung, { segments: windowOf(own, counted), init }] as const;
  });
  return {
    startedAt: head.startedAt,
    plan: { targetDuration: head.targetDuration, nextMsn: last.msn + 1, discontinuities },
    end: Math.ceil(((last.at - head.startedAt) * ticksPerSecond) / 1_000 + last.ticks),
    recordedTicks: source.reduce((sum, { ticks }) => sum + ticks, 0),
    rungs: new Map(rungs),
  };
}
