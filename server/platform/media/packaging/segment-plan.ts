/** Where one segment of a run begins and ends, in ticks. Every rung is cut at the same places. */
export interface PlannedSegment {
  readonly msn: number;
  readonly start: number;
  /** null: it is still being filled. */
  end: number | null;
  /** When its first picture is shown, by which a rung's encoder is recognised that has no B-frames. */
  readonly shownAt: number;
  /** False: cut in the middle of a group of pictures, because no key frame came in time. */
  readonly isIndependent: boolean;
  readonly discontinuity: boolean;
  /** How many discontinuities there were, up to its own. */
  readonly discontinuities: number;
}

/** Written by the source's packager, read by those of the rungs. */
export interface SegmentPlan {
  /** Seconds, whole; null until the first group of pictures told. It never changes then. */
  readonly targetDuration: number | null;
  readonly last: PlannedSegment | null;
  setTargetDuration(seconds: number): void;
  begin(
    segment: Pick<PlannedSegment, 'start' | 'shownAt' | 'isIndependent' | 'discontinuity'>,
  ): PlannedSegment;
  find(msn: number): PlannedSegment | null;
  /** The newest segment whose first picture is shown at this instant or before. */
  at(ticks: number): PlannedSegment | null;
  /** Forgets a segment of which nothing was published. */
  takeBack(): void;
}

const remembered = 64;

export interface PlanStart {
  readonly targetDuration: number;
  readonly nextMsn: number;
  readonly discontinuities: number;
}

export function createSegmentPlan(
  resumed: PlanStart | null,
  onTargetDuration: (seconds: number) => void,
): SegmentPlan {
  let target = resumed?.targetDuration ?? null;
  let nextMsn = resumed?.nextMsn ?? 0;
  let discontinuities = resumed?.discontinuities ?? 0;
  const segments: PlannedSegment[] = [];
  return {
    get targetDuration() {
      return target;
    },
    get last() {
      return segments.at(-1) ?? null;
    },
    setTargetDuration(seconds) {
      if (target !== null) return;
      target = seconds;
      onTargetDuration(seconds);
    },
    begin(segment) {
      if (segment.discontinuity) discontinuities += 1;
      const planned = { ...segment, msn: nextMsn, end: null, discontinuities };
      nextMsn += 1;
      segments.push(planned);
      if (segments.length > remembered) segments.shift();
      return planned;
    },
    find: (msn) => segments.find((each) => each.msn === msn) ?? null,
    at: (ticks) => segments.findLast(({ shownAt }) => shownAt <= ticks) ?? null,
    takeBack() {
      if (segments.pop()) nextMsn -= 1;
    },
  };
}
