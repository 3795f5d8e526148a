import { ticksPerSecond, type AccessUnit, type MediaTrack, type UnitSink } from '../access-unit.ts';
import type { TimelineSink } from './packager.ts';

type Kind = MediaTrack['kind'];
/** What turns the times of an input into those of the run. Tracks share one, so that they stay in step. */
interface Base {
  offset: number;
}
interface TrackClock {
  base: Base;
  lastIn: number;
  lastOut: number;
  step: number;
}

const jump = 3 * ticksPerSecond;
const jitter = ticksPerSecond / 10;
const worthMoving = ticksPerSecond / 4;

export interface NormalizerOptions {
  readonly out: TimelineSink;
  /** Ticks since the run began, by the wall clock; asked at a discontinuity. */
  readonly now: () => number;
  /** Where an earlier part of the run ended, in ticks; null: this is the beginning. */
  readonly resumeAt: number | null;
}

/**
 * Units of whatever inputs a run has -> one timeline. Times that leap (more than 3 s ahead, or back) follow on at once, so
 * that no picture is lost; from the next key frame the timeline is at the wall clock again, after a discontinuity.
 */
export function createNormalizer({ out, now, resumeAt }: NormalizerOptions): UnitSink & {
  /** The next unit is of another connection: nothing is shown until its first key frame. */
  switchInput(): void;
  readonly end: number;
} {
  const tracks = new Map<Kind, MediaTrack>();
  const clocks = new Map<Kind, TrackClock>();
  let base: Base = { offset: 0 };
  let end = resumeAt ?? 0;
  let isFirst = resumeAt === null;
  let isWaiting = true;
  let hasJumped = false;

  const canStart = ({ kind, isKey }: AccessUnit) => (kind === 'video' ? isKey : !tracks.has('video'));

  function announce(): void {
    if (!isFirst) out.discontinuity();
    isFirst = false;
    for (const track of tracks.values()) out.track(track);
  }

  function follow(dts: number): Base {
    return { offset: end - dts };
  }

  function clockOf({ kind, dts }: AccessUnit): TrackClock {
    const fits = (offset: number) => Math.abs(dts + offset - end) <= jump;
    const known = clocks.get(kind);
    if (!known) {
      const clock = { base: fits(base.offset) ? base : follow(dts), lastIn: dts, lastOut: -1, step: 0 };
      clocks.set(kind, clock);
      return clock;
    }
    const step = dts - known.lastIn;
    const leaps = step < -jitter || (step > jump && dts + known.base.offset - end > jump);
    if (leaps && known.base !== base && fits(base.offset)) known.base = base;
    else if (leaps) {
      base = known.base = follow(dts);
      hasJumped = true;
    } else if (step > 0 && step <= jump) known.step = step;
    known.lastIn = dts;
    return known;
  }

  /** Sets the timeline to the wall clock: what the encoder did not send is a hole, not a shift of all that follows. */
  function anchor(unit: AccessUnit, clock: TrackClock): void {
    const behind = now() - (unit.dts + clock.base.offset);
    if (behind > worthMoving)
      for (const each of new Set([base, ...[...clocks.values()].map((one) => one.base)]))
        each.offset += behind;
    hasJumped = false;
    announce();
  }

  function start(dts: number): void {
    clocks.clear();
    base = { offset: Math.max(end, isFirst ? 0 : Math.round(now())) - dts };
    end = dts + base.offset;
    isWaiting = hasJumped = false;
    announce();
  }

  return {
    get end() {
      return end;
    },
    switchInput() {
      tracks.clear();
      isWaiting = true;
    },
    track(track) {
      tracks.set(track.kind, track);
      if (!isWaiting) out.track(track);
    },
    unit(raw) {
      if (!Number.isFinite(raw.dts) || !Number.isFinite(raw.pts) || !tracks.has(raw.kind)) return;
      const unit = { ...raw, dts: Math.round(raw.dts), pts: Math.round(raw.pts) };
      if (isWaiting && !canStart(unit)) return;
      if (isWaiting) start(unit.dts);
      const clock = clockOf(unit);
      if (hasJumped && canStart(unit)) anchor(unit, clock);
      const dts = Math.max(unit.dts + clock.base.offset, clock.lastOut + 1, 0);
      const shownAfter = Math.min(Math.max(0, unit.pts - unit.dts), jump);
      clock.lastOut = dts;
      end = Math.max(end, dts + clock.step);
      out.unit({ ...unit, dts, pts: dts + shownAfter });
    },
  };
}
