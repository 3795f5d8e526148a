import type { AudioTrack } from '../access-unit.ts';
import { ticksPerSecond } from '../access-unit.ts';
import { timescaleOf } from './sample-entry.ts';

/** RFC 6716, 3.1: how many 48 kHz samples one Opus packet plays. */
export function opusSamples(packet: Buffer): number {
  const [toc = 0, count = 0] = packet;
  const configuration = toc >> 3;
  const size =
    configuration < 12
      ? [480, 960, 1920, 2880][configuration & 3]
      : configuration < 16
        ? [480, 960][configuration & 1]
        : [120, 240, 480, 960][configuration & 3];
  const frames = [1, 2, 2, count & 63][toc & 3] ?? 1;
  return Math.min(5_760, Math.max(1, frames) * (size ?? 960));
}

const aacSamples = ({ codecString }: AudioTrack): number =>
  /^mp4a\.40\.(5|29)$/.test(codecString) ? 2_048 : 1_024;

/**
 * Times of sound in samples. Encoders stamp frames in rounded milliseconds; taken at their word, frames would overlap and
 * leave holes, which is heard as clicks. So frames follow each other exactly until the stamp is 40 ms off.
 */
export function createSoundClock(track: AudioTrack): {
  next(ticks: number, data: Buffer): { readonly dts: number; readonly duration: number };
} {
  const rate = timescaleOf(track);
  let expected: number | null = null;
  let last = -1;
  return {
    next(ticks, data) {
      const stamped = Math.round((ticks * rate) / ticksPerSecond);
      const duration = track.codec === 'opus' ? opusSamples(data) : aacSamples(track);
      const isOff = expected === null || Math.abs(stamped - expected) > rate * 0.04;
      const dts = Math.max(last + 1, isOff || expected === null ? stamped : expected);
      last = dts;
      expected = dts + duration;
      return { dts, duration };
    },
  };
}
