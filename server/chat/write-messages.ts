import { trusted } from 'mongoose';
import type { ChatMessage } from '../contracts/live-chat.ts';
import type { LiveFact } from '../contracts/live-facts.ts';
import type { LiveMessage } from '../contracts/live-messages.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { getLiveRoomSettings } from '../live-rooms/live-room.queries.ts';
import { wordListCheck } from '../live-rooms/word-list.rules.ts';
import { notePosts } from '../participants/note-posts.ts';
import { listParticipants, type Participant } from '../participants/participant.queries.ts';
import { authorOf } from '../participants/participant.rules.ts';
import { newId } from '../platform/new-id.ts';
import { ChatMessageModel, type StoredChatMessage } from './chat-message.model.ts';
import { shownMessage } from './chat.queries.ts';
import { excerptOf, refusalToWrite } from './chat.rules.ts';
import { findMentions } from './find-mentions.ts';

/** One message on its way in. */
export interface Draft {
  readonly participantId: string;
  readonly isModerator: boolean;
  readonly message: LiveMessage<'chat:post'>;
}
export type WriteResult =
  { readonly ok: true; readonly message: ChatMessage } | { readonly ok: false; readonly refusal: AppError };

const keyOf = (participantId: string, clientId: string) => `${participantId} ${clientId}`;

/**
 * Writes everything that waits for one event in one transaction. Whatever closes the chat, silences or bans appends
 * to the moderators' log too, so the log's counter keeps this from being decided by what was true a moment ago.
 */
export function writeMessages(
  eventId: string,
  drafts: readonly Draft[],
  deps: Deps,
): Promise<readonly WriteResult[]> {
  return deps.transaction(async () => {
    const now = deps.clock.now();
    const { room, words } = await getLiveRoomSettings(eventId);
    const hasListedWord = wordListCheck(words);
    const people = await listParticipants(eventId, [...new Set(drafts.map((draft) => draft.participantId))]);
    const known = await findWritten(drafts);
    const repliedTo = await findReplied(eventId, drafts);
    const lastPosts = new Map<string, Date>();
    const written: NewMessage[] = [];

    const decide = (draft: Draft): WriteResult | NewMessage => {
      const { participantId, isModerator, message } = draft;
      const { channel, clientId, text } = message;
      const before = known.get(keyOf(participantId, clientId));
      if (before)
        return before.deletedAt
          ? { ok: false, refusal: new AppError('gone', 'This message was deleted.') }
          : { ok: true, message: shownMessage(before) };
      const same = written.find(
        (other) => other.participantId === participantId && other.clientId === clientId,
      );
      if (same) return same;
      const author = people.get(participantId);
      if (!author) return { ok: false, refusal: new AppError('forbidden', 'You are not in this live room.') };
      const lastPostAt = lastPosts.get(participantId) ?? author.lastPostAt ?? null;
      const refusal = refusalToWrite({
        channel,
        isModerator,
        room,
        author,
        lastPostAt,
        hasListedWord: channel === 'stage' && hasListedWord(text),
        now,
      });
      if (refusal) return { ok: false, refusal };
      if (channel === 'stage') lastPosts.set(participantId, now);
      const fresh = newMessage(draft, author, now, repliedTo.get(message.replyToId ?? ''));
      written.push(fresh);
      return fresh;
    };
    const answers = drafts.map(decide);
    const mentions = await findMentions(
      eventId,
      written.map(({ text }) => text),
    );
    const numbered = await appendMessages(
      eventId,
      written.map((message, index) => ({ ...message, mentions: mentions[index] ?? [] })),
      now,
    );
    await notePosts(
      eventId,
      [...lastPosts.keys()].map((participantId) => ({
        participantId,
        before: people.get(participantId)?.lastPostAt ?? null,
      })),
      now,
    );
    await ChatMessageModel.insertMany(numbered);
    const shown = new Map(numbered.map((message) => [message._id, shownMessage(message)]));
    return answers.map((answer): WriteResult => {
      if ('ok' in answer) return answer;
      const message = shown.get(answer._id);
      if (!message) throw new Error('A message was not written');
      return { ok: true, message };
    });
  });
}

type NewMessage = Omit<StoredChatMessage, 'seq' | 'audienceSeq'>;

function newMessage(
  { participantId, message }: Draft,
  author: Participant,
  at: Date,
  repliedTo: StoredChatMessage | undefined,
): NewMessage {
  const { eventId, channel, clientId, text } = message;
  const stageId = channel === 'backstage' ? null : message.stageId;
  const isReply = repliedTo?.channel === channel && (repliedTo.stageId ?? null) === stageId;
  return {
    _id: newId(),
    eventId,
    channel,
    stageId,
    participantId,
    author: authorOf(author),
    clientId,
    text,
    at,
    replyTo: isReply
      ? { id: repliedTo._id, name: repliedTo.author.name, excerpt: excerptOf(repliedTo.text) }
      : null,
    mentions: [],
    reactions: { agree: 0, thanks: 0, love: 0, laugh: 0 },
    isPinned: false,
    reportCount: 0,
    reportReason: '',
    deletedAt: null,
  };
}

/** Each audience hears its own in the order in which they came; moderators hear all of them. */
async function appendMessages(
  eventId: string,
  messages: readonly NewMessage[],
  at: Date,
): Promise<StoredChatMessage[]> {
  const factOf = (message: NewMessage): LiveFact => ({
    name: 'chat:posted',
    message: shownMessage({ ...message, seq: 0, audienceSeq: 0 }),
  });
  const ofChannel = (channel: string) =>
    messages.filter((message) => message.channel === channel).map(factOf);
  const { viewers = 0 } = await appendFacts(eventId, ['viewers'], ofChannel('stage'), at);
  const { backstage = 0 } = await appendFacts(eventId, ['backstage'], ofChannel('backstage'), at);
  const { moderators = 0 } = await appendFacts(eventId, ['moderators'], messages.map(factOf), at);
  const next = { stage: viewers, backstage };
  return messages.map((message, index) => ({
    ...message,
    seq: moderators + index,
    audienceSeq: next[message.channel]++,
  }));
}

async function findWritten(drafts: readonly Draft[]): Promise<ReadonlyMap<string, StoredChatMessage>> {
  const found = await ChatMessageModel.find({
    participantId: trusted({ $in: drafts.map(({ participantId }) => participantId) }),
    clientId: trusted({ $in: drafts.map(({ message }) => message.clientId) }),
  }).lean();
  return new Map(found.map((message) => [keyOf(message.participantId, message.clientId), message]));
}

async function findReplied(
  eventId: string,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<string, StoredChatMessage>> {
  const ids = drafts.flatMap(({ message }) => message.replyToId ?? []);
  if (ids.length === 0) return new Map();
  const found = await ChatMessageModel.find({
    _id: trusted({ $in: ids }),
    eventId,
    deletedAt: null,
  }).lean();
  return new Map(found.map((message) => [message._id, message]));
}
