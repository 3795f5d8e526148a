import { trusted } from 'mongoose';
import type { LiveAudience } from '../contracts/live-facts.ts';
import { liveAuthor, type ChatChannel, type ChatMessage, type ChatReport } from '../contracts/live-chat.ts';
import { notFound } from '../contracts/problem.ts';
import { getEvent } from '../events/event.queries.ts';
import { roleMay } from '../organisers/permission.rules.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { ChatMessageModel, type StoredChatMessage } from './chat-message.model.ts';
import { ChatReactionModel } from './chat-reaction.model.ts';
import { shownReactions } from './chat.rules.ts';

const mostShown = 50;
const mostPinned = 10;

export function shownMessage(stored: StoredChatMessage): ChatMessage {
  const { replyTo } = stored;
  return {
    id: stored._id,
    channel: stored.channel,
    stageId: stored.stageId ?? null,
    author: liveAuthor.parse(stored.author),
    text: stored.text,
    at: stored.at.toISOString(),
    replyTo: replyTo ? { id: replyTo.id, name: replyTo.name, excerpt: replyTo.excerpt } : null,
    mentions: [...stored.mentions],
    reactions: shownReactions(stored.reactions),
    isPinned: stored.isPinned,
  };
}

interface Place {
  readonly channel: ChatChannel;
  readonly stageId: string | null;
}

/** The latest messages of one place that stand, in order; `before` a number of the moderators' log. */
async function listLatest(
  eventId: string,
  { channel, stageId }: Place,
  limit: number,
  before: number | null = null,
): Promise<StoredChatMessage[]> {
  const found = await ChatMessageModel.find({
    eventId,
    channel,
    stageId,
    deletedAt: null,
    ...(before === null ? {} : { seq: trusted({ $lt: before }) }),
  })
    .sort({ seq: -1 })
    .limit(limit)
    .lean();
  return found.reverse();
}

/**
 * The last messages of each stage and, for moderators and backstage, of backstage; in order. What is pinned is there
 * however old it is, so a page asks for older ones from the oldest that is not pinned.
 */
export async function lastChatOfRoom(eventId: string, audience: LiveAudience): Promise<ChatMessage[]> {
  const places: Place[] = [];
  if (audience !== 'backstage') {
    const { stages } = await getEvent(eventId);
    // null: what was said before the event had stages.
    for (const stageId of [null, ...stages.map(({ id }) => id)]) places.push({ channel: 'stage', stageId });
  }
  if (audience !== 'viewers') places.push({ channel: 'backstage', stageId: null });
  const latest = await Promise.all(places.map((place) => listLatest(eventId, place, mostShown)));
  const pinned = await ChatMessageModel.find({
    eventId,
    isPinned: true,
    deletedAt: null,
    channel: trusted({ $in: [...new Set(places.map(({ channel }) => channel))] }),
  })
    .sort({ seq: -1 })
    .limit(mostPinned)
    .lean();
  const byId = new Map([...latest.flat(), ...pinned].map((message) => [message._id, message]));
  return [...byId.values()].sort((one, two) => one.seq - two.seq).map(shownMessage);
}

/** A page of what was said before a message of the same place; the message may have been deleted since. */
export async function listChatBefore(
  eventId: string,
  { channel, stageId, beforeId }: Place & { readonly beforeId: string },
): Promise<{ readonly messages: ChatMessage[]; readonly hasMore: boolean }> {
  const place = { channel, stageId: channel === 'backstage' ? null : stageId };
  const before = await ChatMessageModel.findOne({ _id: beforeId, eventId, ...place }, { seq: 1 }).lean();
  if (!before) throw notFound('that message');
  const found = await listLatest(eventId, place, mostShown + 1, before.seq);
  return { messages: found.slice(-mostShown).map(shownMessage), hasMore: found.length > mostShown };
}

/** Messages that viewers reported and nobody has looked at yet. */
export async function listReports(eventId: string): Promise<ChatReport[]> {
  const found = await ChatMessageModel.find(
    { eventId, reportCount: trusted({ $gt: 0 }), deletedAt: null },
    { reportCount: 1, reportReason: 1 },
  )
    .sort({ seq: 1 })
    .lean();
  return found.map(({ _id, reportCount, reportReason }) => ({
    messageId: _id,
    count: reportCount,
    reason: reportReason,
  }));
}

/** One person's reactions to messages since then. */
export async function listOwnReactions(
  eventId: string,
  participantId: string,
  since: Date,
): Promise<{ messageId: string; kind: 'agree' | 'thanks' | 'love' | 'laugh' }[]> {
  const found = await ChatReactionModel.find(
    { eventId, participantId, at: trusted({ $gte: since }) },
    { messageId: 1, kind: 1 },
  )
    .sort({ at: -1 })
    .limit(1_000)
    .lean();
  return found.map(({ messageId, kind }) => ({ messageId, kind }));
}

type Reader = Pick<InRoom, 'event' | 'right'>;

/** A message for somebody who hears its channel, also one that was deleted. */
export async function getAnyMessageInRoom(
  { event, right }: Reader,
  messageId: string,
): Promise<StoredChatMessage> {
  const message = await ChatMessageModel.findOne({ _id: messageId, eventId: event._id }).lean();
  if (!message || (message.channel === 'backstage' && !roleMay(right.role, 'backstage:read')))
    throw notFound('that message');
  return message;
}

/** The same for one that stands. */
export async function getMessageInRoom(room: Reader, messageId: string): Promise<StoredChatMessage> {
  const message = await getAnyMessageInRoom(room, messageId);
  if (message.deletedAt) throw notFound('that message');
  return message;
}
