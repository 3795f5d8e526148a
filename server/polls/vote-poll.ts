import type { PollChoice, PollTally } from '../contracts/live-polls.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getLiveRoomSettings } from '../live-rooms/live-room.queries.ts';
import { wordListCheck } from '../live-rooms/word-list.rules.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { requireVoice } from '../participants/participant.rules.ts';
import { gatherByKey } from '../platform/batching/gather-by-key.ts';
import { getPollOfEvent } from './poll.queries.ts';
import { choiceFor } from './poll.rules.ts';
import { tallyPoll, type Ballot, type PollVoteResult } from './tally-poll.ts';

/** Long enough that a rush becomes a few writes and facts, short enough to feel answered. */
const waitMs = 400;
const queues = new WeakMap<Deps, (pollId: string, ballot: Ballot) => Promise<PollVoteResult>>();

/** Votes, or votes anew, while the poll is open. Waits for company; never call it inside a transaction. */
export async function votePoll(
  { event, me }: Pick<InRoom, 'event' | 'me'>,
  { pollId, choice }: { readonly pollId: string; readonly choice: PollChoice },
  deps: Deps,
): Promise<{ readonly tally: PollTally | null }> {
  requireVoice(me, deps.clock.now());
  const poll = await getPollOfEvent(event._id, pollId);
  if (poll.state === 'draft') throw notFound('that poll');
  const chosen = choiceFor(poll, choice);
  if (!chosen) throw new AppError('bad-request', wayToVote[poll.kind]);
  if (chosen.word !== null) {
    const { words } = await getLiveRoomSettings(event._id);
    if (wordListCheck(words)(chosen.word))
      throw new AppError('forbidden', 'That word is not used here. Please put it another way.');
  }
  const result = await queueOf(deps)(poll._id, { participantId: me._id, choice: chosen });
  if (!result.ok) throw new AppError('conflict', 'This poll is closed.');
  return { tally: result.tally };
}

const wayToVote = {
  single: 'Choose one of the options.',
  multiple: 'Choose one or more of the options.',
  rating: 'Choose a number from 1 to 5.',
  word: 'Write a word or two, at most 60 characters.',
} as const;

function queueOf(deps: Deps) {
  let queue = queues.get(deps);
  if (!queue) {
    queue = gatherByKey((pollId, ballots: readonly Ballot[]) => tallyPoll(pollId, ballots, deps), {
      atMost: 1_000,
      waitMs,
    });
    queues.set(deps, queue);
  }
  return queue;
}
