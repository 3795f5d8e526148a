import { z } from 'zod';

const instant = z.iso.datetime();

export const sessionState = z.enum(['scheduled', 'live', 'paused', 'ended', 'cancelled']);
export type SessionState = z.infer<typeof sessionState>;

/** What moves while a session is directed. A higher `revision` replaces a lower one, in whatever order they come. */
export const sessionProgress = z.strictObject({
  id: z.string(),
  state: sessionState,
  wentLiveAt: instant.nullable(),
  pausedAt: instant.nullable(),
  endedAt: instant.nullable(),
  revision: z.int(),
});
export type SessionProgress = z.infer<typeof sessionProgress>;

export const liveSession = sessionProgress.extend({
  title: z.string(),
  kind: z.string(),
  /** Coffee, lunch: nothing is shown and nobody presses Go live. */
  isBreak: z.boolean(),
  /** null: on every stage. */
  stageId: z.string().nullable(),
  startsAt: instant,
  endsAt: instant,
  speakers: z.array(z.string()),
  isAutomatic: z.boolean(),
});
export type LiveSession = z.infer<typeof liveSession>;

/** Everything the live room of one event shows, as of one number of its log. Nothing in it is about one viewer. */
export const liveSnapshot = z.strictObject({
  event: z.strictObject({
    id: z.string(),
    slug: z.string(),
    title: z.string(),
    status: z.enum(['draft', 'published', 'cancelled']),
    cancellationReason: z.string().nullable(),
    /** IANA zone, in which every time of day is shown. */
    zone: z.string(),
    startsAt: instant,
    endsAt: instant,
    stages: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  }),
  /** In order of start. */
  sessions: z.array(liveSession),
});
export type LiveSnapshot = z.infer<typeof liveSnapshot>;
