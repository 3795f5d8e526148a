import { z } from 'zod';
import { chatChannel, chatMessage, chatReaction, participantRole } from './live-chat.ts';
import { liveAudience, numberedFact } from './live-facts.ts';
import { pollChoice, pollKind, pollResults, pollTally } from './live-polls.ts';
import { liveQuestion, questionMove } from './live-questions.ts';
import { announcement, roomReaction, roomSettings, stageViewItem } from './live-room-settings.ts';
import { liveSnapshot, sessionProgress } from './live-snapshot.ts';
import { clientId, instant, liveId, liveText } from './live-text.ts';
import { stagePicture, stageShows } from './stage-picture.ts';
import { enteredStudio, studioPeerId, studioSignal } from './studio-room.ts';

export const sessionMove = z.enum([
  'go-live',
  'pause',
  'resume',
  'end',
  'undo-end',
  'skip',
  'cancel',
  'reinstate',
]);
export type SessionMove = z.infer<typeof sessionMove>;

const eventId = liveId;
const stageId = z.string().max(64).nullable();
const revision = z.int().min(0);
const done = z.strictObject({});

/** What one message asks for: the permission it needs, its payload, what its ack holds besides `ok`, and its own limit. */
const message = <P extends string, S extends z.ZodRawShape, A extends z.ZodType>(
  permission: P,
  payload: S,
  answer: A,
  /** For one person: so many at once, then so many a second. */
  rate: { readonly burst: number; readonly perSecond: number } | null = null,
) => ({ permission, payload: z.strictObject({ eventId, ...payload }), answer, rate }) as const;

const speaking = { burst: 5, perSecond: 1 };
const voting = { burst: 20, perSecond: 3 };

/** What a press of the run of show answers: moved, or why nothing was changed. */
export const moveAnswer = z.strictObject({
  moved: z.boolean(),
  session: sessionProgress,
  reason: z.enum(['already-moved', 'not-possible', 'stage-busy']).optional(),
  /** A sentence for the organiser when it was not moved. */
  message: z.string().optional(),
});

/** Exactly what was missed, or everything when that is unknown or too much. `now` is the server's clock in ms. */
export const joinAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('facts'), seq: z.int(), now: z.number(), facts: z.array(numberedFact) }),
  /** The snapshot is as of `snapshotSeq`; the facts after it up to `seq` follow. */
  z.strictObject({
    kind: z.literal('snapshot'),
    seq: z.int(),
    now: z.number(),
    snapshotSeq: z.int(),
    snapshot: liveSnapshot,
    facts: z.array(numberedFact),
  }),
]);

/** What is one person's own, never part of a snapshot. */
export const mine = z.strictObject({
  participantId: liveId,
  name: z.string(),
  role: participantRole,
  /** Until when this person may only read; null: may speak. */
  silencedUntil: instant.nullable(),
  hasRaisedHand: z.boolean(),
  votedQuestionIds: z.array(liveId),
  /** Own questions, also those that wait in the queue. */
  ownQuestions: z.array(liveQuestion),
  pollChoices: z.array(z.strictObject({ pollId: liveId, choice: pollChoice, tally: pollTally.nullable() })),
  /** Own reactions to chat messages of the last hours. */
  reactedMessages: z.array(z.strictObject({ messageId: liveId, kind: chatReaction })),
});
export type Mine = z.infer<typeof mine>;

/** Somebody found among those who are or were here. */
export const foundViewer = z.strictObject({
  participantId: liveId,
  name: z.string(),
  organisation: z.string(),
  role: participantRole,
  isHere: z.boolean(),
  silencedUntil: instant.nullable(),
  isBanned: z.boolean(),
});

/** Every message a browser may send, by name: imperative `noun:verb`. Each is answered through its ack. */
export const liveMessages = {
  /** `lastSeq` is the last number the browser has applied; null when it has nothing. */
  'live:join': message(
    'live:read',
    { audience: liveAudience, lastSeq: z.int().min(0).nullable() },
    joinAnswer,
  ),
  /** Every 30 s while the page is open. `ticket` is a fresh one to come back with. */
  'live:beat': message(
    'live:read',
    { stageId, isWatching: z.boolean() },
    z.strictObject({ ticket: z.string().nullable() }),
    { burst: 4, perSecond: 0.1 },
  ),
  'mine:read': message('live:read', {}, mine, { burst: 5, perSecond: 0.2 }),

  /** `revision` is what the organiser was looking at: a session that moved since is left alone. */
  'session:move': message('session:direct', { sessionId: liveId, move: sessionMove, revision }, moveAnswer),
  'session:extend': message(
    'session:direct',
    { sessionId: liveId, minutes: z.int().min(1).max(120), revision },
    moveAnswer,
  ),

  /** `path` null: this stage has no stream. Asked again before `expiresAt` (ms since 1970), while the page is open. */
  'picture:watch': message(
    'live:read',
    { stageId },
    z.strictObject({ path: z.string().nullable(), expiresAt: z.int() }),
    { burst: 10, perSecond: 0.2 },
  ),
  /** What a player noticed since its last report, about every ten seconds. */
  'picture:report': message(
    'live:read',
    {
      stageId,
      stalls: z.int().min(0).max(100),
      latencyMs: z.int().min(0).max(3_600_000).nullable(),
    },
    done,
    { burst: 3, perSecond: 0.2 },
  ),
  /** `revision` is what the moderator was looking at: a stage that was switched since is left alone. */
  'picture:show': message(
    'picture:show',
    { stageId, shows: stageShows, revision },
    z.strictObject({ picture: stagePicture }),
  ),

  /**
   * Into the backstage room of a stage, and to stay there every `studioBeatMs`. `isNew` is a press: it takes the place of
   * an earlier host, or of one's own other page; what is said to stay takes nobody's place.
   */
  'studio:enter': message(
    'studio:enter',
    { stageId, peerId: studioPeerId, role: z.enum(['host', 'guest']), isNew: z.boolean() },
    enteredStudio,
    { burst: 10, perSecond: 1 },
  ),
  'studio:leave': message('studio:enter', { stageId, peerId: studioPeerId }, done),
  'studio:signal': message(
    'studio:enter',
    { stageId, peerId: studioPeerId, toPeerId: studioPeerId, signal: studioSignal },
    done,
  ),

  'chat:post': message(
    'chat:write',
    { channel: chatChannel, stageId, clientId, text: liveText(500), replyToId: liveId.nullable() },
    z.strictObject({ message: chatMessage }),
    speaking,
  ),
  'chat:react': message(
    'chat:write',
    { messageId: liveId, kind: chatReaction, isOn: z.boolean() },
    done,
    voting,
  ),
  'chat:report': message('chat:write', { messageId: liveId, reason: liveText(200) }, done, speaking),
  /** One's own message, or anybody's for a moderator. */
  'chat:delete': message('chat:write', { messageId: liveId }, done, voting),
  'chat:history': message(
    'live:read',
    { channel: chatChannel, stageId, beforeId: liveId },
    z.strictObject({ messages: z.array(chatMessage), hasMore: z.boolean() }),
    { burst: 10, perSecond: 1 },
  ),
  'chat:pin': message('live:moderate', { messageId: liveId, isPinned: z.boolean() }, done),
  'chat:dismiss-report': message('live:moderate', { messageId: liveId }, done),
  'chat:clear': message('live:moderate', { stageId }, done),

  'question:ask': message(
    'question:ask',
    { stageId, sessionId: liveId.nullable(), clientId, text: liveText(400), isAnonymous: z.boolean() },
    z.strictObject({ question: liveQuestion }),
    { burst: 3, perSecond: 0.1 },
  ),
  'question:vote': message('question:ask', { questionId: liveId, isOn: z.boolean() }, done, voting),
  'question:move': message('live:moderate', { questionId: liveId, move: questionMove, revision }, done),
  'question:answer': message(
    'question:answer',
    { questionId: liveId, text: liveText(1_000), revision },
    done,
  ),
  'question:merge': message('live:moderate', { questionId: liveId, intoId: liveId, revision }, done),
  'question:assign': message(
    'live:moderate',
    { questionId: liveId, speakerId: liveId.nullable(), revision },
    done,
  ),

  /** `pollId` null makes a new draft. Only a draft can be changed. */
  'poll:save': message(
    'live:moderate',
    {
      pollId: liveId.nullable(),
      clientId,
      stageId,
      kind: pollKind,
      question: liveText(200),
      options: z.array(liveText(120)).max(12),
      results: pollResults,
      revision,
    },
    z.strictObject({ pollId: liveId }),
  ),
  'poll:move': message(
    'live:moderate',
    {
      pollId: liveId,
      move: z.enum(['open', 'close', 'reopen', 'delete']),
      closesInSeconds: z.int().min(10).max(7_200).nullable(),
      revision,
    },
    done,
  ),
  'poll:vote': message(
    'poll:vote',
    { pollId: liveId, choice: pollChoice },
    /** null where the result is not for the voter yet. */
    z.strictObject({ tally: pollTally.nullable() }),
    voting,
  ),
  /** For who has voted, while results are `after-voting`. */
  'poll:results': message('poll:vote', { pollId: liveId }, z.strictObject({ tally: pollTally }), voting),

  /** Taps gathered by the page, at most one message a second. */
  'reaction:send': message(
    'reaction:send',
    { stageId, taps: z.partialRecord(roomReaction, z.int().min(1).max(10)) },
    done,
    { burst: 3, perSecond: 1 },
  ),
  'hand:raise': message('chat:write', { stageId }, done, speaking),
  /** `participantId` null: one's own; a moderator may lower anybody's. */
  'hand:lower': message('chat:write', { participantId: liveId.nullable() }, done, speaking),

  'announcement:make': message(
    'live:moderate',
    {
      clientId,
      kind: z.enum(['notice', 'incident']),
      urgency: z.enum(['polite', 'assertive']),
      text: liveText(280),
      expiresInMinutes: z.int().min(1).max(600).nullable(),
    },
    z.strictObject({ announcement }),
  ),
  'announcement:withdraw': message('live:moderate', { announcementId: liveId }, done),
  'room:change': message(
    'live:moderate',
    { changes: roomSettings.omit({ revision: true, stageView: true }).partial(), revision },
    z.strictObject({ room: roomSettings }),
  ),
  'word-list:read': message('live:moderate', {}, z.strictObject({ words: z.array(z.string()) })),
  'word-list:change': message('live:moderate', { words: z.array(liveText(40)).max(500) }, done),
  'stage-view:show': message('live:moderate', { item: stageViewItem.nullable() }, done),
  'viewer:find': message(
    'live:moderate',
    { text: z.string().max(80), isHere: z.boolean(), page: z.int().min(1).max(1_000) },
    z.strictObject({ viewers: z.array(foundViewer), total: z.int() }),
  ),
  'viewer:silence': message(
    'live:moderate',
    { participantId: liveId, minutes: z.int().min(0).max(1_440) },
    done,
  ),
  'viewer:ban': message('live:moderate', { participantId: liveId, isBanned: z.boolean() }, done),
} as const;

export type LiveMessageName = keyof typeof liveMessages;
export type LivePermission = (typeof liveMessages)[LiveMessageName]['permission'];
export type LiveMessage<K extends LiveMessageName> = z.infer<(typeof liveMessages)[K]['payload']>;
export type LiveAnswer<K extends LiveMessageName> = z.infer<(typeof liveMessages)[K]['answer']>;
export type JoinAnswer = z.infer<typeof joinAnswer>;
export type MoveAnswer = z.infer<typeof moveAnswer>;
