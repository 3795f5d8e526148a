import { z } from 'zod';
import { instant, liveId } from './live-text.ts';
import { pictureSource } from './stage-picture.ts';

/** How a picture arrives. */
export const ingestKind = z.enum(['rtmp', 'whip', 'recorder']);
export type IngestKind = z.infer<typeof ingestKind>;

/** What an organiser can mend; the words are the console's. */
export const streamWarning = z.enum([
  'key-frames-rare',
  'no-key-frame',
  'no-audio',
  'no-video',
  'frames-late',
  'timestamps-jump',
  'bitrate-high',
  'bitrate-low',
  'audio-video-apart',
  'disk-low',
  'recording-less',
  'recording-stopped',
  'storage-away',
  'rungs-off',
  'rungs-dropped',
]);
export type StreamWarning = z.infer<typeof streamWarning>;

/** One way in of a stream, as seen in the last second. Rates are of that second, averaged over the last five. */
export const inputHealth = z.strictObject({
  source: pictureSource,
  kind: ingestKind,
  state: z.enum(['connecting', 'live', 'stalled']),
  connectedAt: instant,
  bitsPerSecond: z.int().min(0),
  framesPerSecond: z.number().min(0),
  /** Seconds between the last two key frames; null before the second. */
  keyFrameEvery: z.number().min(0).nullable(),
  /** ms since the last picture arrived; null before the first. */
  lastFrameAgo: z.int().min(0).nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  videoCodec: z.string().nullable(),
  audioCodec: z.string().nullable(),
  /** Units that were thrown away because they came too late or could not be used. */
  dropped: z.int().min(0),
});
export type InputHealth = z.infer<typeof inputHealth>;

export const streamHealth = z.strictObject({
  streamId: z.string(),
  state: z.enum(['idle', 'connecting', 'live', 'stalled', 'reconnecting', 'ended']),
  runId: z.string().nullable(),
  /** Which of the inputs is on air. */
  onAir: pictureSource.nullable(),
  /** Which was chosen and has sent no picture to begin with: until then viewers see what they saw. */
  waitsFor: pictureSource.nullable(),
  inputs: z.array(inputHealth),
  /** By name, best first: `source`, `480p`, `360p`, `audio`. */
  rungs: z.array(z.string()),
  /** People who fetched a picture within the last ten seconds. */
  viewers: z.int().min(0),
  isRecording: z.boolean(),
  recordedMs: z.int().min(0),
  warnings: z.array(streamWarning),
});
export type StreamHealth = z.infer<typeof streamHealth>;

/** What viewers' players noticed in the last ten seconds, together. */
export const watchingHealth = z.strictObject({
  stageId: liveId.nullable(),
  reports: z.int().min(0),
  stalls: z.int().min(0),
  /** ms behind the encoder, the middle one; null while nobody said. */
  latencyMs: z.int().min(0).nullable(),
});
export type WatchingHealth = z.infer<typeof watchingHealth>;
