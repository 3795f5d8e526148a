import { z } from 'zod';
import { instant, liveId } from './live-text.ts';

/**
 * Where a picture comes from. `encoder`: OBS, vMix, ffmpeg, by a stream key; `studio`: a browser, by a ticket;
 * `external`: somebody else's player, which our servers never fetch.
 */
export const pictureSource = z.enum(['encoder', 'studio', 'external']);
export type PictureSource = z.infer<typeof pictureSource>;

/** `hls` refers to an https URL; the others to the provider's id of a video. */
export const externalPicture = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('hls'), url: z.url({ protocol: /^https$/ }).max(2_000) }),
  z.strictObject({ provider: z.literal('youtube'), videoId: z.string().regex(/^[\w-]{11}$/) }),
  z.strictObject({
    provider: z.literal('vimeo'),
    videoId: z.string().regex(/^\d{1,12}$/),
    /** The part that an unlisted video needs besides its id. */
    hash: z
      .string()
      .regex(/^[\da-f]{1,40}$/)
      .nullable(),
  }),
]);
export type ExternalPicture = z.infer<typeof externalPicture>;

/** What one stage shows to everybody. A higher `revision` replaces a lower one. */
export const stagePicture = z.strictObject({
  /** null: the one place of an event without stages. */
  stageId: liveId.nullable(),
  revision: z.int().min(0),
  /** `slate`: a card with words, while what comes in is kept from viewers. */
  shows: z.enum(['nothing', 'slate', 'stream', 'external']),
  /** What is written on the slate; null: words of ours. */
  slateText: z.string().max(200).nullable(),
  /** The stage's stream, whose pictures `picture:watch` opens; null where none was ever set up. */
  streamId: liveId.nullable(),
  /** Whose pictures `shows: 'stream'` stands for. */
  source: z.enum(['encoder', 'studio']).nullable(),
  /** One going-live of the encoder, from its first picture until it is gone for good. null: nothing has come yet. */
  runId: liveId.nullable(),
  /** False while the encoder is away and may come back. */
  isReceiving: z.boolean(),
  external: externalPicture.nullable(),
  /** When the run began; the place of its first picture in time. */
  startedAt: instant.nullable(),
});
export type StagePicture = z.infer<typeof stagePicture>;

/** What a press of the run of show chooses for a stage. */
export const stageShows = z.enum(['nothing', 'slate', 'encoder', 'studio', 'external']);
export type StageShows = z.infer<typeof stageShows>;
