import { z } from 'zod';
import { ingestKind, streamHealth } from './stream-health.ts';
import { pictureSource } from './stage-picture.ts';

/**
 * What the media process and the web processes say to each other, as JSON over HTTP, each way with a bearer token that
 * both derive from the installation's key. Ids are ours; times are ms since 1970.
 */

const streamId = z.string().regex(/^[\w-]{8,64}$/);
const runId = streamId;
/** Who goes on air from a browser: a word that says nothing here, by which web has this one person cut off. */
const publisherTag = z.string().max(100);
const done = z.strictObject({});
const message = <S extends z.ZodRawShape, A extends z.ZodType>(payload: S, answer: A) =>
  ({ payload: z.strictObject(payload), answer }) as const;

export const publishRefusal = z.enum(['unknown-key', 'revoked-key', 'expired-ticket', 'not-now', 'too-many']);
export type PublishRefusal = z.infer<typeof publishRefusal>;

/** One stretch of a stage's recording: what a session showed. `to` null: up to now. */
const range = { streamId, from: z.int().min(0), to: z.int().min(0) };

/** Media asks or tells web: POST /internal/media/<name>. */
export const mediaMessages = {
  /** May this key or ticket publish? It never reaches a log. */
  publish: message(
    { kind: ingestKind, credential: z.string().max(4_000), address: z.string().max(64) },
    z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), streamId, source: pictureSource, tag: publisherTag.optional() }),
      z.strictObject({ ok: z.literal(false), reason: publishRefusal, message: z.string() }),
    ]),
  ),
  /** At start: which source of each stream is on air, and which tags, of viewers or of replays, open nothing any more. */
  hello: message(
    { node: z.string().max(64) },
    z.strictObject({
      onAir: z.array(z.strictObject({ streamId, source: pictureSource.nullable() })),
      revoked: z.array(z.strictObject({ viewer: z.string(), until: z.int() })),
    }),
  ),
  /** A run began, lost its encoder, got it back or ended. May come twice, never out of order for one run. */
  run: message(
    {
      streamId,
      runId,
      state: z.enum(['started', 'lost', 'resumed', 'ended']),
      startedAt: z.int(),
      at: z.int(),
    },
    done,
  ),
  /** Once a second while anything comes in. */
  health: message({ node: z.string().max(64), streams: z.array(streamHealth) }, done),
  /** A file that `make-file` asked for is there, or why it is not. */
  made: message(
    { fileId: streamId, ok: z.boolean(), bytes: z.int().min(0), reason: z.string().max(500).nullable() },
    done,
  ),
} as const;
export type MediaMessageName = keyof typeof mediaMessages;
export type MediaMessage<K extends MediaMessageName> = z.infer<(typeof mediaMessages)[K]['payload']>;
export type MediaAnswer<K extends MediaMessageName> = z.infer<(typeof mediaMessages)[K]['answer']>;

/** Web tells or asks media: POST /control/<name>. */
export const controlMessages = {
  /** Which source viewers get from now on, at its next key frame. null: none, what comes in is not shown. */
  select: message({ streamId, source: pictureSource.nullable() }, done),
  /** The key was changed or the day is over: cut who publishes. `source` null: every one. With `tag`: only who was let in with it. */
  cut: message(
    {
      streamId,
      source: pictureSource.nullable(),
      message: z.string().max(200),
      tag: publisherTag.optional(),
    },
    done,
  ),
  /** The run ends now; the encoder may begin another. */
  finish: message({ streamId }, done),
  /** Nothing more for these tags, of viewers or of replays, whatever token is held, until those have run out. */
  revoke: message({ viewers: z.array(z.string().max(64)).max(10_000), until: z.int() }, done),
  /** What is recorded between two instants. `isWhole` false: pieces are still to come or are missing. */
  recorded: message(
    range,
    z.strictObject({
      durationMs: z.int().min(0),
      bytes: z.int().min(0),
      isWhole: z.boolean(),
      /** Where nothing was recorded, in order: the replay goes on without a pause there. */
      holes: z
        .array(z.strictObject({ from: z.int().min(0), to: z.int().min(0) }))
        .max(1_000)
        .optional(),
    }),
  ),
  /** Writes one MP4 and its thumbnails; `made` follows. Asking twice makes it once. */
  'make-file': message({ ...range, fileId: streamId }, done),
  /** Deletes what is recorded between two instants, and the files made of it. */
  erase: message({ ...range, fileIds: z.array(streamId) }, done),
} as const;
export type ControlName = keyof typeof controlMessages;
export type ControlMessage<K extends ControlName> = z.infer<(typeof controlMessages)[K]['payload']>;
export type ControlAnswer<K extends ControlName> = z.infer<(typeof controlMessages)[K]['answer']>;
