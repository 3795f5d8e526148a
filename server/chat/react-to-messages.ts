import { trusted } from 'mongoose';
import type { ChatReaction } from '../contracts/live-chat.ts';
import type { LiveFact } from '../contracts/live-facts.ts';
import { notFound, type AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { listParticipants } from '../participants/participant.queries.ts';
import { refusalToSpeak } from '../participants/participant.rules.ts';
import { newId } from '../platform/new-id.ts';
import { ChatMessageModel, type StoredChatMessage } from './chat-message.model.ts';
import { ChatReactionModel } from './chat-reaction.model.ts';
import { audiencesOf, shownReactions } from './chat.rules.ts';

export interface ReactionPress {
  readonly participantId: string;
  readonly mayReadBackstage: boolean;
  readonly messageId: string;
  readonly kind: ChatReaction;
  readonly isOn: boolean;
}

/** Everything that is pressed in a moment, in one transaction; one fact for each message. null: done. */
export function reactToMessages(
  eventId: string,
  presses: readonly ReactionPress[],
  deps: Deps,
): Promise<readonly (AppError | null)[]> {
  return deps.transaction(async () => {
    const now = deps.clock.now();
    const messageIds = [...new Set(presses.map(({ messageId }) => messageId))];
    const inPlay = { eventId, _id: trusted({ $in: messageIds }), deletedAt: null };
    const messages = new Map((await ChatMessageModel.find(inPlay).lean()).map((found) => [found._id, found]));
    const people = await listParticipants(
      eventId,
      presses.map(({ participantId }) => participantId),
    );
    const refusals = presses.map((press) => {
      const message = messages.get(press.messageId);
      if (!message || (message.channel === 'backstage' && !press.mayReadBackstage))
        return notFound('that message');
      return refusalToSpeak(people.get(press.participantId) ?? { bannedAt: now }, now);
    });
    const changes = await changeReactions(
      eventId,
      presses.filter((_, index) => !refusals[index]),
      now,
    );
    if (changes.length === 0) return refusals;
    const counted = [...changes.reduce(count, new Map<string, Record<string, number>>())];
    await ChatMessageModel.bulkWrite(
      counted.map(([_id, $inc]) => ({ updateOne: { filter: { _id, eventId }, update: { $inc } } })),
    );
    const counts = await ChatMessageModel.find({
      eventId,
      _id: trusted({ $in: counted.map(([id]) => id) }),
    }).lean();
    for (const channel of ['stage', 'backstage'] as const)
      await appendFacts(
        eventId,
        audiencesOf(channel),
        counts.filter((message) => message.channel === channel).map(factOf),
        now,
      );
    return refusals;
  });
}

const factOf = ({ _id, reactions }: StoredChatMessage): LiveFact => ({
  name: 'chat:reacted',
  messageId: _id,
  reactions: shownReactions(reactions),
});

interface Change {
  readonly messageId: string;
  readonly kind: ChatReaction;
  readonly by: 1 | -1;
}

function count(counts: Map<string, Record<string, number>>, { messageId, kind, by }: Change) {
  const of = counts.get(messageId) ?? {};
  of[`reactions.${kind}`] = (of[`reactions.${kind}`] ?? 0) + by;
  return counts.set(messageId, of);
}

/** Stores what differs from what is stored; the last press of one person on one thing stands. */
async function changeReactions(
  eventId: string,
  presses: readonly ReactionPress[],
  at: Date,
): Promise<Change[]> {
  if (presses.length === 0) return [];
  const keyOf = (press: { messageId: string; participantId: string; kind: string }) =>
    `${press.messageId} ${press.participantId} ${press.kind}`;
  const wanted = new Map(presses.map((press) => [keyOf(press), press]));
  const stored = await ChatReactionModel.find({
    messageId: trusted({ $in: [...new Set(presses.map(({ messageId }) => messageId))] }),
    participantId: trusted({ $in: [...new Set(presses.map(({ participantId }) => participantId))] }),
  }).lean();
  const known = new Map(stored.map((reaction) => [keyOf(reaction), reaction._id]));
  const added = [...wanted].filter(([key, { isOn }]) => isOn && !known.has(key)).map(([, press]) => press);
  const taken = [...wanted].filter(([key, { isOn }]) => !isOn && known.has(key));
  await ChatReactionModel.insertMany(
    added.map(({ messageId, participantId, kind }) => ({
      _id: newId(),
      eventId,
      messageId,
      participantId,
      kind,
      at,
    })),
  );
  if (taken.length > 0)
    await ChatReactionModel.deleteMany({
      _id: trusted({ $in: taken.flatMap(([key]) => known.get(key) ?? []) }),
    });
  return [
    ...added.map(({ messageId, kind }): Change => ({ messageId, kind, by: 1 })),
    ...taken.map(([, { messageId, kind }]): Change => ({ messageId, kind, by: -1 })),
  ];
}
