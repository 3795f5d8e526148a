import { z } from 'zod';
import { saidCaption } from './caption.ts';
import { problemCode, type ProblemCode } from './problem.ts';
import { liveAudience, numberedFact } from './live-facts.ts';
import type { LiveAnswer, LiveMessage, LiveMessageName } from './live-messages.ts';
import { roomReaction } from './live-room-settings.ts';
import { instant, liveId } from './live-text.ts';
import { streamHealth, watchingHealth } from './stream-health.ts';
import { studioChanged, studioSignalled } from './studio-room.ts';

/** Every answer to a message. `message` is a sentence a person may read. */
export type LiveAck<T extends object> =
  | ({ readonly ok: true } & T)
  | {
      readonly ok: false;
      readonly code: ProblemCode;
      readonly message: string;
      readonly retryAfterMs?: number;
    };

/** What the server pushes, by name. */
export const livePushes = {
  /** Facts of one log, in order. */
  'live:facts': z.strictObject({ eventId: liveId, audience: liveAudience, facts: z.array(numberedFact) }),
  /** People, not sockets; at most once a second and only when it changed. May be dropped. */
  'live:viewers': z.strictObject({ eventId: liveId, count: z.int().min(0) }),
  /** Taps of the last second on one stage. May be dropped. */
  'live:reactions': z.strictObject({
    eventId: liveId,
    stageId: z.string().nullable(),
    taps: z.partialRecord(roomReaction, z.int().min(1)),
  }),
  /** To moderators, once a second while anything comes in. May be dropped. */
  'stream:health': z.strictObject({
    eventId: liveId,
    streams: z.array(streamHealth),
    watching: z.array(watchingHealth),
  }),
  /** What a captioner wrote just now, at the times of the picture. May be dropped. */
  'caption:said': z.strictObject({ eventId: liveId, captions: z.array(saidCaption).max(50) }),
  'studio:changed': studioChanged,
  'studio:signalled': studioSignalled,
  /** To one person on all devices: told to be silent, or free again (null). */
  'live:silenced': z.strictObject({ eventId: liveId, until: instant.nullable() }),
  /** This process is about to stop: leave, and come back after this long. */
  'live:drained': z.strictObject({ retryAfterMs: z.int().min(0) }),
  /** The right to be here ended: signed out, the place was cancelled, the role was taken, banned. */
  'live:refused': z.strictObject({ code: problemCode, message: z.string() }),
} as const;
export type LivePushName = keyof typeof livePushes;
export type LivePush<K extends LivePushName> = z.infer<(typeof livePushes)[K]>;
export type FactsPush = LivePush<'live:facts'>;

/** What a browser may send and what it answers with, for the types of both ends. */
export type ClientToServer = {
  [K in LiveMessageName]: (message: LiveMessage<K>, ack: (answer: LiveAck<LiveAnswer<K>>) => void) => void;
};
export type ServerToClient = { [K in LivePushName]: (push: LivePush<K>) => void };
