import type { UnitSink } from '../access-unit.ts';
import { describeVideo } from '../h264/decoder-configuration.ts';
import { isKeyFrame, joinLengthPrefixed, nalType, nalTypes } from '../h264/nal-units.ts';
import { readPictures, type Picture, type PictureReader } from './depacketise-h264.ts';

/** What is said elsewhere in MP4 (parameter sets, boundaries) or is only padding. */
const leftOut = new Set<number>([nalTypes.sps, nalTypes.pps, nalTypes.delimiter, nalTypes.filler]);

/**
 * Pictures of a WebRTC sender to access units. Parameter sets come in band, before each key frame. After a loss nothing
 * goes on until the next key frame: what refers to a missing picture would show as smears.
 */
export function receiveVideo(to: {
  readonly sink: UnitSink & { dropped(units: number): void };
  /** From RTP time of 32 bits to ticks of the input's clock. */
  ticksOf(timestamp: number): number;
  needsKeyFrame(): void;
}): PictureReader {
  let described: Buffer | null = null;
  let sets: { readonly sps: readonly Buffer[]; readonly pps: readonly Buffer[] } = { sps: [], pps: [] };
  let waitsForKey = true;

  const describe = (picture: Picture) => {
    const sps = picture.nals.filter((nal) => nalType(nal) === nalTypes.sps);
    const pps = picture.nals.filter((nal) => nalType(nal) === nalTypes.pps);
    if (sps.length === 0 && pps.length === 0) return;
    sets = { sps: sps.length > 0 ? sps : sets.sps, pps: pps.length > 0 ? pps : sets.pps };
    const track = describeVideo(sets.sps, sets.pps);
    if (!track || sets.pps.length === 0 || described?.equals(track.description)) return;
    described = track.description;
    to.sink.track(track);
  };
  const drop = () => {
    to.sink.dropped(1);
    if (!waitsForKey) to.needsKeyFrame();
    waitsForKey = true;
  };

  return readPictures({
    picture(picture) {
      const isKey = isKeyFrame(picture.nals);
      if (isKey) describe(picture);
      const nals = picture.nals.filter((nal) => !leftOut.has(nalType(nal)));
      if (nals.length === 0) return;
      if (!described || (waitsForKey && !isKey)) return to.sink.dropped(1);
      waitsForKey = false;
      const time = to.ticksOf(picture.timestamp);
      to.sink.unit({ kind: 'video', dts: time, pts: time, isKey, data: joinLengthPrefixed(nals) });
    },
    spoilt: drop,
  });
}
