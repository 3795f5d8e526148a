import { listOwnReactions } from '../chat/chat.queries.ts';
import type { Mine } from '../contracts/live-messages.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { silencedUntil } from '../participants/participant.rules.ts';
import { listOwnChoices } from '../polls/poll.queries.ts';
import { listOwnQuestions } from '../questions/question.queries.ts';

/** A day is over by then. */
const reactionsOfMs = 12 * 3_600_000;

/** What is one person's own in one live room. */
export async function getMine({ event, me }: Pick<InRoom, 'event' | 'me'>, now: Date): Promise<Mine> {
  const [questions, pollChoices, reactedMessages] = await Promise.all([
    listOwnQuestions(event._id, me._id),
    listOwnChoices(event._id, me._id),
    listOwnReactions(event._id, me._id, new Date(now.getTime() - reactionsOfMs)),
  ]);
  return {
    participantId: me._id,
    name: me.name,
    role: me.role,
    silencedUntil: silencedUntil(me, now)?.toISOString() ?? null,
    hasRaisedHand: Boolean(me.raisedHandAt),
    ...questions,
    pollChoices,
    reactedMessages,
  };
}
