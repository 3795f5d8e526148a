import type { AudioTrack, VideoTrack } from '../access-unit.ts';

export type RungName = '480p' | '360p' | 'audio';

export interface PlannedRung {
  readonly name: RungName;
  /** null: sound only. */
  readonly picture: {
    readonly width: number;
    readonly height: number;
    readonly kilobits: number;
  } | null;
}

/** Pixels of the shorter side, so that an upright picture keeps as much as one that lies. */
const pictures = [
  { name: '480p', shorterSide: 480, kilobits: 1_200 },
  { name: '360p', shorterSide: 360, kilobits: 600 },
] as const;

export interface SourceTracks {
  readonly video: VideoTrack | null;
  readonly audio: AudioTrack | null;
}

/**
 * The rungs below a source, best first: none that is as large as the source itself. One that was `offered` stays though
 * the source became smaller, at the source's size: a player that has chosen it would lose its picture.
 */
export function planRungs(
  { video, audio }: SourceTracks,
  offered: ReadonlySet<RungName> = new Set(),
): PlannedRung[] {
  const planned: PlannedRung[] = [];
  for (const { name, shorterSide, kilobits } of video ? pictures : []) {
    const { width, height } = video ?? { width: 0, height: 0 };
    const scale = Math.min(1, shorterSide / Math.min(width, height));
    if (scale === 1 && !offered.has(name)) continue;
    planned.push({ name, picture: { width: even(width * scale), height: even(height * scale), kilobits } });
  }
  if (audio) planned.push({ name: 'audio', picture: null });
  return planned;
}

/** 4:2:0 has no odd sizes. */
const even = (pixels: number) => Math.max(2, Math.round(pixels / 2) * 2);
