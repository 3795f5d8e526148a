import { readBoxes } from '../packaging/mp4-boxes.ts';
import type { RecordedTrack } from './read-init.ts';
import { RecordingFault } from './split-boxes.ts';

export interface Sample {
  readonly track: RecordedTrack;
  /** In the track's timescale. */
  readonly decodeTime: number;
  readonly compositionOffset: number;
  /** Where its bytes are, counted from the first of the `moof` box. */
  readonly start: number;
  readonly size: number;
}

/** More than ten seconds of sound in packets of 2.5 ms. */
const mostSamples = 10_000;
const broken = () => new RecordingFault('A piece of the recording cannot be read.');

/** The samples that a `moof` box lists (ISO/IEC 14496-12, 8.8). Throws a RecordingFault. */
export function readFragment(fragment: Buffer, tracks: readonly RecordedTrack[]): Sample[] {
  const samples: Sample[] = [];
  try {
    for (const { type, body } of readBoxes(fragment))
      if (type === 'traf') readTrackFragment(body, tracks, samples);
  } catch (error) {
    // Reading beyond the end of a box.
    if (error instanceof RangeError) throw broken();
    throw error;
  }
  return samples;
}

function readTrackFragment(bytes: Buffer, tracks: readonly RecordedTrack[], samples: Sample[]): void {
  const boxes = [...readBoxes(bytes)];
  const head = boxes.find(({ type }) => type === 'tfhd')?.body;
  const time = boxes.find(({ type }) => type === 'tfdt')?.body;
  if (!head || !time) throw broken();
  const track = tracks.find(({ id }) => id === head.readUInt32BE(4));
  if (!track) return;
  const flags = head.readUIntBE(1, 3);
  let at = 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0);
  const next = () => head.readUInt32BE((at += 4) - 4);
  const duration = flags & 0x8 ? next() : track.defaults.duration;
  const size = flags & 0x10 ? next() : track.defaults.size;
  let decodeTime = time[0] === 1 ? Number(time.readBigUInt64BE(4)) : time.readUInt32BE(4);
  if (decodeTime > Number.MAX_SAFE_INTEGER / 90_000) throw broken();
  let start: number | null = null;
  for (const { type, body } of boxes) {
    if (type !== 'trun') continue;
    const run = readRun(body, { duration, size });
    start = run.dataOffset ?? start;
    if (start === null || samples.length + run.samples.length > mostSamples) throw broken();
    for (const sample of run.samples) {
      const { compositionOffset } = sample;
      samples.push({ track, decodeTime, compositionOffset, start, size: sample.size });
      decodeTime += sample.duration;
      start += sample.size;
    }
  }
}

function readRun(body: Buffer, defaults: { readonly duration: number; readonly size: number }) {
  const flags = body.readUIntBE(1, 3);
  const count = body.readUInt32BE(4);
  let at = 8;
  const next = () => body.readUInt32BE((at += 4) - 4);
  const dataOffset = flags & 0x1 ? next() | 0 : null;
  if (flags & 0x4) next();
  if (count > mostSamples) throw broken();
  const samples = Array.from({ length: count }, () => {
    const duration = flags & 0x100 ? next() : defaults.duration;
    const size = flags & 0x200 ? next() : defaults.size;
    if (flags & 0x400) next();
    // Version 0 says it is unsigned; writers that mean it have no offsets above 2^31.
    const compositionOffset = flags & 0x800 ? next() | 0 : 0;
    return { duration, size, compositionOffset };
  });
  return { dataOffset, samples };
}
