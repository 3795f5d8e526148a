import { ticksPerSecond, type AccessUnit, type MediaTrack } from '../access-unit.ts';
import { tagTypes, writeTag } from './flv-tag.ts';

const ticksPerMs = ticksPerSecond / 1_000;

/** The tag that must precede the first unit of a track. FLV holds H.264 and AAC; Opus has no place in it. */
export function writeTrackTag(track: MediaTrack, timestampMs: number): Buffer {
  const start = track.kind === 'video' ? Buffer.of(0x17, 0, 0, 0, 0) : Buffer.of(aacByte, 0);
  return writeTag({
    type: tagTypes[track.kind],
    timestamp: timestampMs,
    body: Buffer.concat([start, track.description]),
  });
}

/** One unit, its times less `baseTicks` and rounded to ms. */
export function writeUnitTag(unit: AccessUnit, baseTicks = 0): Buffer {
  const timestamp = toMs(unit.dts - baseTicks);
  return writeTag({
    type: tagTypes[unit.kind],
    timestamp,
    body: Buffer.concat([startOf(unit, toMs(unit.pts - baseTicks) - timestamp), unit.data]),
  });
}

export const toMs = (ticks: number): number => Math.round(ticks / ticksPerMs);

// AAC says 44 kHz, 16 bits and stereo here whatever it is; its configuration tells.
const aacByte = 0xaf;

function startOf(unit: AccessUnit, compositionMs: number): Buffer {
  if (unit.kind === 'audio') return Buffer.of(aacByte, 1);
  const start = Buffer.of(unit.isKey ? 0x17 : 0x27, 1, 0, 0, 0);
  start.writeIntBE(Math.max(-0x800000, Math.min(0x7fffff, compositionMs)), 2, 3);
  return start;
}
