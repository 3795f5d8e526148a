import { ticksPerSecond, type AccessUnit, type MediaTrack, type UnitSink } from '../access-unit.ts';
import type { Rendition } from '../rendition.ts';
import { cutAsPlanned, cutAtKeyFrames, durationRounding, targetFor, type Cutter } from './cut-segments.ts';
import { describeWindow } from './describe-window.ts';
import { createFragmentBuilder } from './fragment-builder.ts';
import type { ResumedRung } from './resume-run.ts';
import { sameTrack } from './same-track.ts';
import type { PlannedSegment, SegmentPlan } from './segment-plan.ts';
import type { RunStore } from './segment-store.ts';
import { createSegmentWindow } from './segment-window.ts';
import { createSegmentWriter, partTicks } from './segment-writer.ts';
import type { PlaylistView } from './write-playlist.ts';

/** What reads units that are on the run's own timeline: 90 kHz since the run began, never backwards. */
export interface TimelineSink extends UnitSink {
  /**
   * The next unit does not follow the last: another input, or the encoder's clock jumped. It is a key frame. The tracks
   * are forgotten; those there are now are told before it.
   */
  discontinuity(): void;
}

/** One rung of one run: timeline units go in, a live playlist and its media come out. */
export interface Packager extends Rendition, TimelineSink {
  /** The encoder is known to be away: what came is published, and whoever waits for more is answered at once. */
  away(): void;
  back(): void;
  /** Publishes what is left; the playlist says that nothing follows. Safe to call twice. */
  end(): void;
  /** What another rung's playlist says of this one; null before its first part. */
  report(): { readonly msn: number; readonly part: number | null } | null;
}

export interface PackagerOptions {
  readonly name: string;
  readonly plan: SegmentPlan;
  /** `lead`: this is the source, which writes the plan; `follow`: a rung, cut as the source was. */
  readonly role: 'lead' | 'follow';
  readonly store: RunStore;
  readonly startedAt: () => number;
  readonly dvrSeconds: number;
  readonly reports: () => PlaylistView['reports'];
  /** What is kept of a run whose process died. */
  readonly resumed: ResumedRung | null;
}

type Kind = MediaTrack['kind'];
/** Times in whole milliseconds are up to this much off what they stand for. */
const rounding = (3 * ticksPerSecond) / 1_000;
/** A segment begins where the clock cut the last part, when its first picture comes so soon after. */
const soon = ticksPerSecond / 10;
/** Whoever sends more within one segment is no encoder: 10 s at 38 Mb/s. The rest of it is thrown away. */
const mostSegmentBytes = 48 * 1024 * 1024;
const stalledPicture = 1.5 * ticksPerSecond;
const roundingOfTarget = durationRounding * ticksPerSecond;
const usualStep = ticksPerSecond / 30;

export function createPackager(options: PackagerOptions): Packager {
  const { name, plan, store, resumed } = options;
  const leads = options.role === 'lead';
  const cut: Cutter = leads ? cutAtKeyFrames(plan) : cutAsPlanned(plan);
  const builder = createFragmentBuilder();
  const window = createSegmentWindow({
    targetDuration: () => plan.targetDuration,
    dvrSeconds: options.dvrSeconds,
    read: (object) => store.read(name, object),
    reports: options.reports,
  });
  const writer = createSegmentWriter({
    ...{ name, plan, store, builder, window, startedAt: options.startedAt },
    nextInit: resumed ? resumed.init.init + 1 : 0,
  });
  resumed?.segments.forEach((segment) => window.push(segment));

  const announced = new Map<Kind, MediaTrack>();
  let isDiscontinuity = resumed !== null;
  let mayBeginAnywhere = false;
  let hasEnded = false;
  let open: PlannedSegment | null = null;
  let step = usualStep;
  let lastMainAt: number | null = null;
  /** What viewers saw last: who comes while the camera is off is told of it, or their player would be set up for sound alone. */
  let picture: MediaTrack | null = null;

  const target = () => (plan.targetDuration ?? targetFor(Infinity)) * ticksPerSecond;
  const mainKind = (): Kind => (announced.has('video') ? 'video' : 'audio');
  const hasRoom = () => builder.bytes + (window.open?.size ?? 0) < mostSegmentBytes;
  const inLayout = (kind: Kind) => writer.layout.find((track) => track.kind === kind);
  const isUsable = (kind: Kind) => sameTrack(announced.get(kind), inLayout(kind));
  /** The source ended there long ago: what comes belongs to a segment that is not yet begun. */
  const isPast = ({ dts }: AccessUnit) =>
    !leads && open !== null && dts > (plan.find(open.msn)?.end ?? Infinity) + soon;
  const isStale = () =>
    writer.layout.length !== announced.size || [...announced.keys()].some((kind) => !isUsable(kind));

  function closeSegment(until: number): void {
    if (!open) return;
    writer.advance(until);
    writer.closePart(until);
    if (leads) open.end = writer.partStart;
    if (leads) plan.setTargetDuration(targetFor((writer.partStart - open.start) / ticksPerSecond));
    writer.finish();
    open = null;
  }

  function openSegment(
    start: number,
    shownAt: number,
    isIndependent: boolean,
    planned: PlannedSegment | null,
  ) {
    const changes = isStale() && writer.layout.length > 0;
    if (isStale()) writer.setLayout(['video', 'audio'].flatMap((kind) => announced.get(kind as Kind) ?? []));
    picture = inLayout('video') ?? picture;
    const discontinuity = isDiscontinuity || changes;
    open = planned ?? plan.begin({ start, shownAt, isIndependent, discontinuity });
    isDiscontinuity = mayBeginAnywhere = false;
    writer.open(open);
  }

  /** A hole in what comes, or pictures that come seldom: segments end by the clock, before they are too long. */
  function splitByClock(to: number): void {
    while (leads && open && to - open.start > target() + roundingOfTarget) {
      const start = Math.max(writer.partStart, open.start + target());
      closeSegment(start);
      if (isStale()) return;
      openSegment(start, start, mainKind() === 'audio', null);
    }
  }

  /** Where a segment ends that another follows: where the source's did, or at the first picture of the next. */
  function closeBefore(unit: AccessUnit): void {
    if (!open) return;
    const until = Math.max(writer.partStart, leads ? unit.dts : (plan.find(open.msn)?.end ?? unit.dts));
    writer.advance(until);
    const isClose = leads && until - writer.partStart < soon && builder.isEmpty;
    // Nothing of an old set of tracks may be left for the next one.
    const least = isStale() && !builder.isEmpty ? writer.partStart + rounding : writer.partStart;
    closeSegment(isClose ? writer.partStart : Math.max(until, least));
  }

  /** A unit of the track by which segments are cut. False: it has no place. */
  function main(unit: AccessUnit): boolean {
    if (leads) builder.complete(unit.dts);
    splitByClock(unit.dts);
    const situation = { unit, open, step, hasVideo: unit.kind === 'video', mayBeginAnywhere };
    const decision = cut({ ...situation, mustCut: isStale() });
    const leaps = decision.does === 'begin' && decision.planned?.discontinuity === true;
    if (leaps) builder.settle(step);
    else builder.complete(unit.dts);
    const since = lastMainAt === null || leaps ? partTicks : unit.dts - lastMainAt;
    if (since > 0 && since < partTicks) step = since;
    lastMainAt = unit.dts;
    if (decision.does === 'continue') {
      if (!isUsable(unit.kind) || isPast(unit)) return false;
      writer.advance(unit.dts);
      if (unit.dts + step > writer.partStart + partTicks + rounding) writer.closePart(unit.dts);
      return true;
    }
    const follows = open !== null || mayBeginAnywhere;
    closeBefore(unit);
    if (decision.does === 'skip') return false;
    const start = follows && !isDiscontinuity ? Math.min(unit.dts, writer.partStart) : unit.dts;
    openSegment(Math.max(start, writer.partStart), unit.pts, decision.isIndependent, decision.planned);
    return true;
  }

  /** Sound goes on though no picture comes: parts are cut by it, and the held picture is let go. */
  function soundGoesOn({ dts }: AccessUnit): void {
    if (!open || lastMainAt === null || dts - lastMainAt <= partTicks) return;
    builder.settle(stalledPicture);
    splitByClock(dts - partTicks);
    writer.advance(dts - partTicks);
  }

  function flush(): void {
    builder.settle(step);
    const least = writer.partStart + (builder.isEmpty ? 0 : rounding);
    const planned = leads || !open ? null : plan.find(open.msn)?.end;
    const most = (open?.start ?? 0) + target() + roundingOfTarget;
    closeSegment(Math.max(least, planned ?? Math.min(most, (lastMainAt ?? 0) + step)));
    lastMainAt = null;
    writer.publish();
  }

  /** Before anything is published a track that comes late belongs to the run from its beginning. */
  function joinUnpublished(track: MediaTrack): void {
    if (!leads || plan.targetDuration !== null || !open || inLayout(track.kind)) return;
    if (track.kind === 'audio') return writer.extendLayout([...writer.layout, track]);
    writer.takeBack();
    open = lastMainAt = null;
  }

  const described = () => {
    const isSoundAlone = writer.layout.length > 0 && !inLayout('video');
    return isSoundAlone && picture ? [picture, ...writer.layout] : writer.layout;
  };

  return {
    name,
    describe: () =>
      plan.targetDuration === null ? null : describeWindow(window, described(), resumed?.init ?? null),
    playlist: (view) => window.playlist(view),
    whenPublished: (msn, part) => window.whenPublished(msn, part),
    object: (object) => window.object(object),
    report: () => window.report(),
    track(track) {
      if (sameTrack(announced.get(track.kind), track)) return;
      announced.set(track.kind, track);
      joinUnpublished(track);
    },
    unit(unit) {
      if (hasEnded || !announced.has(unit.kind)) return;
      if (unit.kind === mainKind()) {
        if (main(unit) && hasRoom()) builder.add(unit);
      } else if (open && inLayout(unit.kind) && !isPast(unit)) {
        if (isUsable(unit.kind) && hasRoom()) builder.add(unit);
        soundGoesOn(unit);
      }
      writer.publish();
    },
    discontinuity() {
      flush();
      announced.clear();
      isDiscontinuity = true;
    },
    away() {
      // What a rung's encoder still holds comes yet, and belongs to the open segment.
      if (leads) flush();
      mayBeginAnywhere = leads;
      window.away(true);
    },
    back: () => window.away(false),
    end() {
      if (hasEnded) return;
      flush();
      hasEnded = true;
      window.end();
    },
  };
}
