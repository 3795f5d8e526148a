import type { PlannedRung, SourceTracks } from './plan-rungs.ts';

/** The first file descriptor that ffmpeg writes a rung to; the others follow. */
export const firstOutput = 3;

/**
 * One process decodes once and encodes every rung. FLV for each: several tracks of MP4 in one pipe came out with
 * negative durations. `-copyts` and `-force_key_frames source` keep every rung cut where the source is.
 */
export function ffmpegArguments(tracks: SourceTracks, rungs: readonly PlannedRung[]): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-loglevel', 'error', '-copyts'],
    // Without `-fflags nobuffer`: what ffmpeg reads to find its way would be thrown away, which is the first two seconds.
    ...['-flags', 'low_delay', '-probesize', '128k', '-analyzeduration', '500000'],
    ...['-f', containerFor(tracks), '-i', 'pipe:0'],
    ...rungs.flatMap((rung, index) => [
      ...(rung.picture ? pictureArguments(rung.picture) : ['-vn']),
      ...(tracks.audio ? soundArguments(tracks.audio, rung.picture === null) : ['-an']),
      ...['-flush_packets', '1', '-flvflags', 'no_duration_filesize'],
      ...['-f', 'flv', `pipe:${firstOutput + index}`],
    ]),
  ];
}

/** FLV has no place for Opus. */
export const containerFor = ({ audio }: SourceTracks): 'flv' | 'matroska' =>
  audio?.codec === 'opus' ? 'matroska' : 'flv';

const pictureArguments = ({ width, height, kilobits }: NonNullable<PlannedRung['picture']>) => [
  ...['-map', '0:v:0', '-c:v', 'libx264', '-vf', `scale=${width}:${height}`, '-pix_fmt', 'yuv420p'],
  ...['-preset', 'superfast', '-tune', 'zerolatency', '-profile:v', 'main', '-g', '600'],
  ...['-b:v', `${kilobits}k`, '-maxrate', `${kilobits}k`, '-bufsize', `${kilobits}k`],
  ...['-vsync', 'passthrough', '-enc_time_base:v', '-1', '-force_key_frames', 'source'],
];

function soundArguments({ codec, channels }: NonNullable<SourceTracks['audio']>, isAlone: boolean): string[] {
  if (codec === 'aac' && !isAlone) return ['-map', '0:a:0', '-c:a', 'copy'];
  return [
    ...['-map', '0:a:0', '-c:a', 'aac', '-b:a', isAlone ? '64k' : '128k'],
    // Gaps become silence: an encoder of sound would close them, and the picture would run behind.
    ...['-af', 'aresample=async=1'],
    ...(channels > 2 ? ['-ac', '2'] : []),
  ];
}
