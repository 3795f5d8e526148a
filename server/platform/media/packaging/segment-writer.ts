import { ticksPerSecond, type MediaTrack } from '../access-unit.ts';
import type { FragmentBuilder } from './fragment-builder.ts';
import type { PlannedSegment, SegmentPlan } from './segment-plan.ts';
import type { RunStore } from './segment-store.ts';
import type { SegmentWindow, WindowSegment } from './segment-window.ts';
import { partSeconds } from './write-playlist.ts';
import { writeInit } from './write-movie.ts';

export interface WriterOptions {
  readonly name: string;
  readonly plan: SegmentPlan;
  readonly store: RunStore;
  readonly builder: FragmentBuilder;
  readonly window: SegmentWindow;
  /** ms since 1970 of tick 0. */
  readonly startedAt: () => number;
  readonly nextInit: number;
}

export const partTicks = partSeconds * ticksPerSecond;
const longestGapInSegments = 30;

/** Turns what a builder gathered into parts and segments of a window, and hands whole ones to the store. */
export function createSegmentWriter(options: WriterOptions) {
  const { name, plan, store, builder, window } = options;
  let layout: readonly MediaTrack[] = [];
  let init = options.nextInit - 1;
  let isInitWritten = true;
  let hasNews = false;
  let wasPublic = false;
  let partStart = 0;

  const at = (ticks: number) => options.startedAt() + (ticks * 1_000) / ticksPerSecond;

  function listed(segment: PlannedSegment): WindowSegment {
    const { msn, start, discontinuity, discontinuities, isIndependent } = segment;
    const empty = { ticks: 0, parts: [], bytes: null, size: 0, pictures: 0, isGap: false };
    return { msn, at: at(start), init, discontinuity, discontinuities, isIndependent, ...empty };
  }

  function putInit(): void {
    isInitWritten = true;
    const bytes = writeInit(layout);
    const codecs = layout.map(({ codecString }) => codecString).join(',');
    const { width, height } = layout.find((track) => track.kind === 'video') ?? { width: null, height: null };
    window.putInit(init, bytes);
    store.putInit({ kind: 'init', rung: name, init, codecs, width, height }, bytes);
  }

  function closePart(end: number): void {
    if (end <= partStart) return;
    const { bytes, pictures, hasKey } = builder.take(partStart);
    window.addPart({ ticks: end - partStart, bytes, isIndependent: hasKey }, pictures);
    partStart = end;
    hasNews = true;
  }

  /** A rung whose encoder was away says so: numbers must run on, and times must be right. */
  function fillGap(before: number): void {
    const last = window.segments.at(-1);
    if (!last) return;
    if (before - last.msn > longestGapInSegments) return window.clear();
    for (let msn = last.msn + 1; msn < before; msn += 1) {
      const missed = plan.find(msn);
      if (!missed?.end) return window.clear();
      window.push({ ...listed(missed), ticks: missed.end - missed.start, isGap: true });
    }
  }

  return {
    get layout() {
      return layout;
    },
    get partStart() {
      return partStart;
    },
    setLayout(tracks: readonly MediaTrack[]) {
      layout = tracks;
      builder.layout(tracks);
      init += 1;
      isInitWritten = false;
    },
    /** Nothing is published yet: the track belongs to the segments there are. */
    extendLayout(tracks: readonly MediaTrack[]) {
      layout = tracks;
      builder.extend(tracks);
    },
    /** Nothing is published yet, and what was gathered is not wanted. */
    takeBack() {
      plan.takeBack();
      window.clear();
      layout = [];
      init -= 1;
    },
    /** Viewers see the parts that are new; nothing is shown before the target duration is known. */
    publish() {
      if (plan.targetDuration === null || (wasPublic && !hasNews)) return;
      if (!isInitWritten && layout.length > 0) putInit();
      wasPublic = true;
      hasNews = false;
      window.changed();
    },
    closePart,
    /** Parts end by the clock where no picture says it better: none may be longer than was promised. */
    advance(to: number) {
      while (to - partStart > partTicks) closePart(partStart + partTicks);
    },
    open(segment: PlannedSegment) {
      fillGap(segment.msn);
      partStart = segment.start;
      window.begin(listed(segment));
    },
    /** The open segment is whole. */
    finish() {
      if (!isInitWritten) putInit();
      const whole = window.finish();
      hasNews = true;
      if (!whole?.bytes) return;
      const { msn, ticks, size, pictures, discontinuity } = whole;
      const line = { msn, init: whole.init, at: whole.at, ticks, bytes: size, pictures, discontinuity };
      store.putSegment({ kind: 'segment', rung: name, ...line }, whole.bytes);
    },
  };
}
export type SegmentWriter = ReturnType<typeof createSegmentWriter>;
