import { z } from 'zod';
import { chatMessage, chatReport } from './live-chat.ts';
import { livePoll } from './live-polls.ts';
import { liveQuestion } from './live-questions.ts';
import {
  announcement,
  raisedHand,
  roomSettings,
  sessionResource,
  silencedViewer,
} from './live-room-settings.ts';
import { instant } from './live-text.ts';
import { stagePicture } from './stage-picture.ts';

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
  /** For those who may have a question put to them. */
  speakerIds: z.array(z.string()),
  resources: z.array(sessionResource),
  isAutomatic: z.boolean(),
});
export type LiveSession = z.infer<typeof liveSession>;

/** The event and its sessions: what an edit of the agenda replaces. */
export const liveAgenda = z.strictObject({
  event: z.strictObject({
    id: z.string(),
    slug: z.string(),
    title: z.string(),
    status: z.enum(['draft', 'published', 'cancelled']),
    cancellationReason: z.string().nullable(),
    /** True for a rehearsal: a copy of an event that no attendee sees. */
    isRehearsal: z.boolean(),
    /** IANA zone, in which every time of day is shown. */
    zone: z.string(),
    startsAt: instant,
    endsAt: instant,
    stages: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  }),
  /** In order of start. */
  sessions: z.array(liveSession),
});
export type LiveAgenda = z.infer<typeof liveAgenda>;

/**
 * Everything the live room of one event shows to one audience, as of one number of its log. Nothing in it is about
 * one viewer.
 */
export const liveSnapshot = liveAgenda.extend({
  room: roomSettings,
  /** Of every stage that was set up for pictures; a stage without one has none to show. */
  pictures: z.array(stagePicture),
  /** Not withdrawn; the reader's clock says which have expired. In order of time. */
  announcements: z.array(announcement),
  /** The last of each stage, in order of time; backstage: the last of its chat. Moderators have both. */
  chat: z.array(chatMessage),
  /** What this audience may see. */
  questions: z.array(liveQuestion),
  polls: z.array(livePoll),
  /** Moderators only; empty for others. */
  reports: z.array(chatReport),
  hands: z.array(raisedHand),
  silenced: z.array(silencedViewer),
});
export type LiveSnapshot = z.infer<typeof liveSnapshot>;
