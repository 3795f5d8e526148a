import { liveAudience } from '../contracts/live-facts.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import type { Poll } from './poll.model.ts';
import { readTally } from './poll.queries.ts';
import { seesPoll, seesTally, shownPoll } from './poll.rules.ts';

/** Tells each audience of a poll that changed what it may know. Call in the transaction of the change. */
export async function tellPoll(poll: Poll, at: Date): Promise<void> {
  const tally = await readTally(poll);
  for (const audience of liveAudience.options)
    if (seesPoll(audience, poll))
      await appendFacts(
        poll.eventId,
        [audience],
        [{ name: 'poll:changed', poll: shownPoll(poll, tally, audience) }],
        at,
      );
}

/** Tells the result so far to those who may see it while people vote. */
export async function tellTally(poll: Poll, at: Date): Promise<void> {
  const tally = await readTally(poll);
  const audiences = liveAudience.options.filter((audience) => seesTally(audience, poll));
  await appendFacts(poll.eventId, audiences, [{ name: 'poll:tallied', pollId: poll._id, tally }], at);
}
