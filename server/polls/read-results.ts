import type { PollTally } from '../contracts/live-polls.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { getPollOfEvent, hasVoted, readTally } from './poll.queries.ts';
import { seesTally, voterSeesTally } from './poll.rules.ts';

/** The result so far, for somebody who may see it now. */
export async function readResults(
  { event, me }: Pick<InRoom, 'event' | 'me'>,
  pollId: string,
): Promise<{ readonly tally: PollTally }> {
  const poll = await getPollOfEvent(event._id, pollId);
  if (poll.state === 'draft') throw notFound('that poll');
  if (!seesTally('viewers', poll)) {
    if (!voterSeesTally(poll))
      throw new AppError('forbidden', 'The result of this poll is not shown to everybody, or not yet.');
    if (!(await hasVoted(pollId, me._id))) throw new AppError('forbidden', 'Vote first to see the result.');
  }
  return { tally: await readTally(poll) };
}
