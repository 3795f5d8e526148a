import type {
  AccessUnit,
  AudioTrack,
  UnitSink,
  VideoTrack,
} from '../../../../server/platform/media/access-unit.ts';

/** Baseline 320x180 and 640x360, as x264 writes them: a second reader must understand the set-up. */
const small = '0142c00dffe1001667 42c00dda0507e9a1000003000100000300328f14292a01000468ce0f2c';

export const videoTrack = (width = 320, height = 180): VideoTrack => ({
  kind: 'video',
  codec: 'h264',
  codecString: 'avc1.42c00d',
  width,
  height,
  description: Buffer.concat([Buffer.from(small.replaceAll(' ', ''), 'hex'), Buffer.from([width & 255])]),
});

export const audioTrack = (sampleRate = 48_000): AudioTrack => ({
  kind: 'audio',
  codec: 'aac',
  codecString: 'mp4a.40.2',
  sampleRate,
  channels: 2,
  description: Buffer.from([0x11, 0x90]),
});

export const opusTrack: AudioTrack = {
  kind: 'audio',
  codec: 'opus',
  codecString: 'opus',
  sampleRate: 48_000,
  channels: 2,
  description: Buffer.from('0002013800000bb8000000', 'hex').subarray(0, 11),
};

/** Seeded, so that what fails once fails again. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let serial = 0;
/** A tiny slice that carries a number of its own, to be found again in what was written. */
export function picture(dts: number, isKey: boolean, pts = dts): AccessUnit {
  const nal = Buffer.alloc(9);
  nal.writeUInt32BE(5);
  nal[4] = isKey ? 0x65 : 0x41;
  nal.writeUInt32BE((serial += 1), 5);
  return { kind: 'video', dts, pts, isKey, data: nal };
}
export function sound(dts: number): AccessUnit {
  const data = Buffer.alloc(6);
  data.writeUInt32BE((serial += 1), 2);
  return { kind: 'audio', dts, pts: dts, isKey: true, data };
}

export interface Made {
  readonly seconds: number;
  readonly fps?: number;
  readonly group?: number;
  readonly withSound?: boolean;
  readonly withPictures?: boolean;
  readonly from?: number;
  /** How many pictures later than decoded a picture is shown. */
  readonly reorder?: number;
}

/** Units of a well-behaved encoder, in the order of their times, stamped in whole milliseconds as RTMP does. */
export function madeUnits({
  seconds,
  fps = 30,
  group = 60,
  withSound = true,
  withPictures = true,
  from = 0,
  reorder = 0,
}: Made): readonly AccessUnit[] {
  const stamp = (second: number) => from + Math.round(second * 1_000) * 90;
  const pictures = withPictures
    ? Array.from({ length: Math.round(seconds * fps) }, (_, index) =>
        picture(stamp(index / fps), index % group === 0, stamp((index + reorder) / fps)),
      )
    : [];
  const sounds = withSound
    ? Array.from({ length: Math.floor((seconds * 48_000) / 1_024) }, (_, index) =>
        sound(stamp((index * 1_024) / 48_000)),
      )
    : [];
  return [...pictures, ...sounds].sort((a, b) => a.dts - b.dts);
}

export function send(
  sink: UnitSink,
  units: readonly AccessUnit[],
  each: (unit: AccessUnit) => void = () => undefined,
) {
  for (const unit of units) {
    sink.unit(unit);
    each(unit);
  }
}
