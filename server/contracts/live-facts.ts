import { z } from 'zod';
import { chatMessage, chatReaction, chatReport } from './live-chat.ts';
import { livePoll, pollTally } from './live-polls.ts';
import { liveQuestion, questionVotes } from './live-questions.ts';
import { announcement, raisedHand, roomSettings, silencedViewer } from './live-room-settings.ts';
import { liveAgenda, sessionProgress } from './live-snapshot.ts';
import { instant, liveId } from './live-text.ts';
import { stagePicture } from './stage-picture.ts';

/**
 * Each audience of an event has a log and a numbering of its own. Moderators' holds all that viewers' does;
 * backstage is for speakers: its own chat, the questions, the course of the day.
 */
export const liveAudience = z.enum(['viewers', 'moderators', 'backstage']);
export type LiveAudience = z.infer<typeof liveAudience>;

const fact = <N extends string, S extends z.ZodRawShape>(name: N, shape: S) =>
  z.strictObject({ name: z.literal(name), ...shape });

/** What can happen in a live room, as stored in its log and sent to browsers. Names are past facts. */
export const liveFact = z.discriminatedUnion('name', [
  fact('session:moved', { session: sessionProgress }),
  /** Times, titles, stages or the event itself were edited. */
  fact('agenda:changed', { agenda: liveAgenda }),
  fact('room:changed', { room: roomSettings }),
  /** A stage shows something else, or its picture came or went. */
  fact('picture:changed', { picture: stagePicture }),
  fact('announcement:made', { announcement }),
  fact('announcement:withdrawn', { announcementId: liveId }),
  fact('chat:posted', { message: chatMessage }),
  fact('chat:reacted', { messageId: liveId, reactions: z.partialRecord(chatReaction, z.int().min(0)) }),
  fact('chat:deleted', { messageId: liveId, by: z.enum(['author', 'moderator']) }),
  fact('chat:pinned', { messageId: liveId, isPinned: z.boolean() }),
  /** Everything that was said on this stage up to now. */
  fact('chat:cleared', { stageId: z.string().nullable() }),
  /** For moderators. `report` null: somebody looked at it and left the message. */
  fact('chat:reported', { messageId: liveId, report: chatReport.nullable() }),
  /** A question that is new to this audience, or has changed. */
  fact('question:changed', { question: liveQuestion }),
  /** This audience may not see it any more. */
  fact('question:removed', { questionId: liveId }),
  fact('questions:tallied', { votes: z.array(questionVotes) }),
  fact('poll:changed', { poll: livePoll }),
  fact('poll:removed', { pollId: liveId }),
  fact('poll:tallied', { pollId: liveId, tally: pollTally }),
  /** For moderators. */
  fact('hand:raised', { hand: raisedHand }),
  fact('hand:lowered', { participantId: liveId }),
  /** For moderators. `until` and no ban both gone: they may speak again. */
  fact('viewer:silenced', { viewer: silencedViewer }),
]);
export type LiveFact = z.infer<typeof liveFact>;

/** `seq` counts from 1 within one event and audience, without gaps. */
export const numberedFact = z.strictObject({ seq: z.int().min(1), at: instant, fact: liveFact });
export type NumberedFact = z.infer<typeof numberedFact>;
