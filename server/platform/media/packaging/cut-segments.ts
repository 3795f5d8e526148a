import { ticksPerSecond, type AccessUnit } from '../access-unit.ts';
import type { PlannedSegment, SegmentPlan } from './segment-plan.ts';

/** What a unit of the main track (pictures, or sound where there are none) does to the open segment. */
export type Cut =
  | { readonly does: 'continue' }
  | { readonly does: 'skip' }
  | {
      readonly does: 'begin';
      readonly isIndependent: boolean;
      /** What the source planned, which a rung follows; null: this is the source. */
      readonly planned: PlannedSegment | null;
    };

export interface Situation {
  readonly unit: AccessUnit;
  readonly open: PlannedSegment | null;
  /** How long a unit lasts, in ticks, as far as one knows. */
  readonly step: number;
  readonly hasVideo: boolean;
  /** The tracks changed: the next unit that can begins a segment. */
  readonly mustCut: boolean;
  /** The encoder was away and goes on in the middle of a group of pictures. */
  readonly mayBeginAnywhere: boolean;
}
export type Cutter = (situation: Situation) => Cut;

export const segmentSeconds = 2;
/** A first group of pictures that is longer than this is cut in the middle. */
export const longestSegmentSeconds = 10;
/** A duration is rounded before it is held against the target (rfc8216bis, 4.4.3.1). */
export const durationRounding = 0.45;
const nearlyWhole = 0.1;
const tolerance = ticksPerSecond / 100;
const lateSound = ticksPerSecond / 10;

export const targetFor = (seconds: number): number =>
  Math.min(longestSegmentSeconds, Math.max(segmentSeconds, Math.ceil(seconds - nearlyWhole)));

/**
 * Cuts at key frames, each 2 s or at the next one after. The target duration is fixed by the first group of pictures. When
 * later ones are longer, the segment ends in the middle of one before it would break the promised duration.
 */
export function cutAtKeyFrames(plan: SegmentPlan): Cutter {
  let lastKeyAt: number | null = null;
  let groups: number[] = [];

  function learn({ dts }: AccessUnit, open: PlannedSegment | null): void {
    if (open && lastKeyAt !== null) {
      groups = [...groups.slice(-3), dts - lastKeyAt];
      plan.setTargetDuration(targetFor((dts - lastKeyAt) / ticksPerSecond));
    } else groups = [];
    lastKeyAt = dts;
  }

  return ({ unit, open, step, hasVideo, mustCut, mayBeginAnywhere }) => {
    const begins = { does: 'begin', isIndependent: true, planned: null } as const;
    const canStart = unit.isKey || !hasVideo;
    if (hasVideo && unit.isKey) learn(unit, open);
    if (!open) {
      if (canStart) return begins;
      return mayBeginAnywhere ? { ...begins, isIndependent: false } : { does: 'skip' };
    }
    const filled = (unit.dts - open.start) / ticksPerSecond;
    const next = filled + step / ticksPerSecond;
    if (!hasVideo && filled >= 1) plan.setTargetDuration(segmentSeconds);
    if (filled >= longestSegmentSeconds) plan.setTargetDuration(longestSegmentSeconds);
    const limit = (plan.targetDuration ?? longestSegmentSeconds) + durationRounding;
    const isFull = hasVideo
      ? filled >= segmentSeconds - nearlyWhole ||
        filled + Math.max(0, ...groups) / ticksPerSecond > limit - nearlyWhole
      : next > segmentSeconds;
    if (canStart && (mustCut || isFull)) return begins;
    if (next <= limit) return { does: 'continue' };
    return mustCut ? { does: 'skip' } : { ...begins, isIndependent: !hasVideo };
  };
}

/** Cuts where the source was cut. What a rung's encoder missed stays a gap until a segment's first key frame. */
export function cutAsPlanned(plan: SegmentPlan): Cutter {
  let lastMsn = -1;
  return ({ unit, open, hasVideo }) => {
    const planned = plan.at(unit.pts + tolerance);
    if (!planned || planned.msn <= lastMsn) return open ? { does: 'continue' } : { does: 'skip' };
    const canStart = !hasVideo || unit.isKey || (open !== null && !planned.isIndependent);
    const isPunctual =
      unit.pts <= planned.shownAt + (hasVideo ? tolerance : lateSound) || (open && !hasVideo);
    const begins = { does: 'begin', isIndependent: planned.isIndependent, planned } as const;
    if (!canStart || (!isPunctual && planned.isIndependent)) return { does: 'skip' };
    lastMsn = planned.msn;
    return begins;
  };
}
