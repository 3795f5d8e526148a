import type {
  AccessUnit,
  AudioTrack,
  MediaTrack,
  UnitSink,
} from '../../../../server/platform/media/access-unit.ts';
import { readMediaTags } from '../../../../server/platform/media/flv/read-media-tags.ts';
import { splitFlv } from '../../../../server/platform/media/flv/split-flv.ts';
import { runFfmpeg, testPicture } from '../run-ffmpeg.ts';

export interface Source {
  readonly tracks: readonly MediaTrack[];
  readonly units: readonly AccessUnit[];
}

/** What an encoder sends that makes a key frame every second, `seconds` long. */
export async function encodeSource(size: string, seconds = 3, more: readonly string[] = []): Promise<Source> {
  const video = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', ...more];
  const { output } = await runFfmpeg([
    ...testPicture(seconds, size),
    ...video,
    '-c:a',
    'aac',
    '-f',
    'flv',
    '-',
  ]);
  const kept = keepUnits();
  splitFlv(readMediaTags({ ...kept.sink, dropped: () => undefined })).push(output);
  return kept;
}

/** A tone as a browser sends it: packets of 20 ms. */
export async function encodeOpus(seconds: number): Promise<Source> {
  const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`];
  const { output } = await runFfmpeg([
    ...tone,
    '-c:a',
    'libopus',
    '-page_duration',
    '20000',
    '-f',
    'ogg',
    '-',
  ]);
  const description = Buffer.from('000101380000bb80000000', 'hex');
  const track: AudioTrack = {
    ...{ kind: 'audio', codec: 'opus', codecString: 'opus', sampleRate: 48_000, channels: 1 },
    description,
  };
  // The first two packets are the head and the tags.
  const units = oggPackets(output)
    .slice(2)
    .map((data, at) => ({ kind: 'audio' as const, dts: at * 1_800, pts: at * 1_800, isKey: true, data }));
  return { tracks: [track], units };
}

export function keepUnits() {
  const tracks: MediaTrack[] = [];
  const units: AccessUnit[] = [];
  const sink: UnitSink = {
    track: (track) => void tracks.push(track),
    unit: (unit) => void units.push(unit),
  };
  return { tracks, units, sink };
}

/** The same again, later by so many ticks. */
export const later = (units: readonly AccessUnit[], ticks: number): AccessUnit[] =>
  units.map((unit) => ({ ...unit, dts: unit.dts + ticks, pts: unit.pts + ticks }));

export const inOrder = (...units: readonly (readonly AccessUnit[])[]): AccessUnit[] =>
  units.flat().sort((one, other) => one.dts - other.dts);

export const ofKind = (units: readonly AccessUnit[], kind: MediaTrack['kind']): AccessUnit[] =>
  units.filter((unit) => unit.kind === kind);

function oggPackets(bytes: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let at = 0; at + 27 <= bytes.length;) {
    const lengths = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0));
    at += 27 + lengths.length;
    for (const length of lengths) {
      parts.push(bytes.subarray(at, at + length));
      at += length;
      if (length === 255) continue;
      packets.push(Buffer.concat(parts));
      parts = [];
    }
  }
  return packets;
}
