import { z } from 'zod';
import { saidCaption } from './caption.ts';
import { roomReaction } from './live-room-settings.ts';
import { instant, liveId } from './live-text.ts';
import { streamHealth } from './stream-health.ts';
import { studioChanged, studioSignalled } from './studio-room.ts';

/**
 * What web processes tell each other, by topic. Every one may be lost: it makes something quicker, or may be
 * dropped. What must not be lost is stored.
 */
export const peerMessages = {
  /** An event's log grew: read it now, and not at the next poll. */
  'log:grown': z.strictObject({ eventId: liveId }),
  /** A sign-in ended: its sockets go now, and not at their next re-check. */
  'sign-in:revoked': z.strictObject({ signInId: z.string() }),
  /** Somebody's right to a place may have ended. */
  'rights:changed': z.strictObject({ registrationId: z.string(), email: z.string() }),
  /** Somebody was told to be silent, or is free again: all their devices hear it. */
  'person:silenced': z.strictObject({
    registrationId: z.string(),
    email: z.string(),
    silenced: z.strictObject({ eventId: liveId, until: instant.nullable() }),
  }),
  /** People in an event's room in one process; told again before it is forgotten. */
  'viewers:counted': z.strictObject({
    process: z.string(),
    eventId: liveId,
    count: z.int().min(0),
  }),
  /** Taps of the last second in one process. */
  'reactions:tapped': z.strictObject({
    eventId: liveId,
    stageId: z.string().nullable(),
    taps: z.partialRecord(roomReaction, z.int().min(1)),
  }),
  /** Captions that were written through another process. */
  'caption:said': z.strictObject({ eventId: liveId, captions: z.array(saidCaption).max(50) }),
  /** Host and guest of a backstage room may sit at different processes. */
  'studio:changed': studioChanged,
  'studio:signalled': studioSignalled,
  /** What the media process told one of them a moment ago. */
  'streams:measured': z.strictObject({ eventId: liveId, streams: z.array(streamHealth) }),
  /** What players reported to one process since it last told. */
  'watching:reported': z.strictObject({
    eventId: liveId,
    stageId: z.string().nullable(),
    process: z.string(),
    reports: z.int().min(0),
    stalls: z.int().min(0),
    latenciesMs: z.array(z.int().min(0)).max(200),
  }),
} as const;

export type PeerTopic = keyof typeof peerMessages;
export type PeerMessage<T extends PeerTopic> = z.infer<(typeof peerMessages)[T]>;
