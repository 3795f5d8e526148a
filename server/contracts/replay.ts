import { z } from 'zod';

/**
 * Times of a replay are seconds from its first picture, after its ends were trimmed. Where the encoder was away no time
 * passes: they are those of the video.
 */
const second = z.number().min(0);

export const replayChapter = z.strictObject({ startsAt: second, title: z.string() });
export type ReplayChapter = z.infer<typeof replayChapter>;

/** One caption as it is shown and as a line of the transcript. */
export const replayCue = z.strictObject({ startsAt: second, endsAt: second, text: z.string() });
export type ReplayCue = z.infer<typeof replayCue>;

/**
 * Where the picture is. `hls`: `main.m3u8` under `path`, which holds a token and is renewed before `expiresAt` (ms since
 * 1970). `file`: an MP4 that was uploaded in its place, served with Range.
 */
export const replaySource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hls'), path: z.string(), expiresAt: z.int() }),
  z.strictObject({ kind: z.literal('file'), path: z.string() }),
]);
export type ReplaySource = z.infer<typeof replaySource>;

/** GET `watchPath`: the source anew. 403 and 404 as problem+json once the reader may not watch any more. */
export const replayWatch = z.strictObject({ source: replaySource });
export type ReplayWatch = z.infer<typeof replayWatch>;

/** Where somebody left off, in seconds (null: seen to the end), and when they watched it last (ms since 1970). */
export const leftPlace = z.strictObject({ seconds: second.nullable(), watchedAt: z.int() });
export type LeftPlace = z.infer<typeof leftPlace>;

const dayMs = 86_400_000;
/** PUT `positionPath`: where somebody is now, or was when the browser could last say nothing. */
export const notedPosition = z.strictObject({
  seconds: second.max(604_800).nullable(),
  agoMs: z
    .int()
    .min(0)
    .max(30 * dayMs),
});
export type NotedPosition = z.infer<typeof notedPosition>;

/** First data of the island `replay`, and what its page shows without script. */
export const replayPlayer = z.strictObject({
  /** Names what the browser remembers of it: where the reader left off. */
  replayId: z.string(),
  title: z.string(),
  /** Language of the content when it is not English. */
  lang: z.string().nullable(),
  durationSeconds: second,
  source: replaySource,
  /** `/replays/<id>/watch` */
  watchPath: z.string(),
  /** A still of it; null where there is none. */
  posterPath: z.string().nullable(),
  /** WebVTT, with the same times as `cues`; null where nothing was captioned. */
  captionsPath: z.string().nullable(),
  chapters: z.array(replayChapter),
  /** The transcript, in order of time. */
  cues: z.array(replayCue),
  /** From the address (`?t=`), in seconds; null: where the reader left off, else the beginning. */
  startAt: second.nullable(),
  /** Takes a `NotedPosition`; null: of this reader the browser alone remembers it. */
  positionPath: z.string().nullable(),
  /** As this reader was last seen, on any device. */
  left: leftPlace.nullable(),
});
export type ReplayPlayer = z.infer<typeof replayPlayer>;
