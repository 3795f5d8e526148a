import { ticksPerSecond, type MediaTrack } from '../access-unit.ts';
import type { RenditionInfo } from '../rendition.ts';

interface Measured {
  readonly ticks: number;
  readonly size: number;
  readonly pictures: number;
  readonly isGap: boolean;
}

const bitsPerSecond = (bytes: number, ticks: number) =>
  Math.round((bytes * 8 * ticksPerSecond) / Math.max(1, ticks));

/** What a multivariant playlist says of a rung: by the segments there are, or by what there is of the first. */
export function describeSegments(
  segments: readonly Measured[],
  picture: Pick<RenditionInfo, 'codecs' | 'width' | 'height'>,
): RenditionInfo | null {
  // A short last segment of few pictures says nothing about the rate.
  const filled = segments.filter(({ ticks, isGap }) => !isGap && ticks > 0);
  const long = filled.filter(({ ticks }) => ticks >= ticksPerSecond);
  const measured = long.length > 0 ? long : filled;
  if (measured.length === 0) return null;
  const sum = (of: (segment: Measured) => number) => measured.reduce((total, each) => total + of(each), 0);
  const ticks = sum((each) => each.ticks);
  const pictures = sum((each) => each.pictures);
  return {
    peakBandwidth: Math.max(...measured.map((each) => bitsPerSecond(each.size, each.ticks))),
    meanBandwidth: bitsPerSecond(
      sum((each) => each.size),
      ticks,
    ),
    ...picture,
    frameRate: pictures > 0 ? Math.round((pictures * ticksPerSecond * 1_000) / ticks) / 1_000 : null,
  };
}

export function describeWindow(
  window: { readonly segments: readonly Measured[]; readonly open: Measured | null },
  layout: readonly MediaTrack[],
  earlier: Pick<RenditionInfo, 'codecs' | 'width' | 'height'> | null,
): RenditionInfo | null {
  const { width, height } = layout.find((track) => track.kind === 'video') ?? { width: null, height: null };
  const now = { codecs: layout.map(({ codecString }) => codecString).join(','), width, height };
  // Of a run whose process died nothing has come yet: what is kept tells.
  const picture = layout.length > 0 || !earlier ? now : earlier;
  const { codecs } = picture;
  const segments = window.segments.slice(-30);
  return describeSegments(segments.length > 0 || !window.open ? segments : [window.open], {
    ...{ codecs, width: picture.width, height: picture.height },
  });
}
