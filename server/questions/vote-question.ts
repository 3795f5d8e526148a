import type { Deps } from '../deps.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { requireVoice } from '../participants/participant.rules.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import { gatherByKey } from '../platform/batching/gather-by-key.ts';
import { tallyQuestions, type QuestionBallot, type QuestionVoteResult } from './tally-questions.ts';

/** Long enough that a rush becomes a few writes and facts, short enough to feel answered. */
const waitMs = 400;
const queues = new WeakMap<Deps, (eventId: string, ballot: QuestionBallot) => Promise<QuestionVoteResult>>();

/** Votes for a question once, or takes the vote back. Waits for company; never call it inside a transaction. */
export async function voteQuestion(
  { event, me }: Pick<InRoom, 'event' | 'me'>,
  { questionId, isOn }: { readonly questionId: string; readonly isOn: boolean },
  deps: Deps,
): Promise<void> {
  requireVoice(me, deps.clock.now());
  const result = await queueOf(deps)(event._id, { questionId, participantId: me._id, isOn });
  if (result === 'not-found') throw notFound('that question');
  if (result === 'is-over') throw new AppError('conflict', 'This question has been answered already.');
}

function queueOf(deps: Deps) {
  let queue = queues.get(deps);
  if (!queue) {
    queue = gatherByKey(
      (eventId, ballots: readonly QuestionBallot[]) => tallyQuestions(eventId, ballots, deps),
      { atMost: 1_000, waitMs },
    );
    queues.set(deps, queue);
  }
  return queue;
}
