import type { Actor } from '../contracts/actor.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { movePoll } from './move-poll.ts';
import { listDuePolls } from './poll.queries.ts';

const schedule: Actor = { kind: 'system', name: 'due-polls' };

/**
 * Closes every poll whose time is up; returns how many. Each closing holds for one revision only, so running twice
 * at once, or again after a crash, closes nothing twice.
 */
export async function closeDuePolls(deps: Deps): Promise<number> {
  let closed = 0;
  for (const { _id, eventId, revision } of await listDuePolls(deps.clock.now(), 200)) {
    const close = { eventId, pollId: _id, move: 'close', closesInSeconds: null, revision } as const;
    try {
      await movePoll(schedule, close, deps);
      closed += 1;
    } catch (error) {
      // Somebody closed it by hand, or gave it more time, since it was listed.
      if (!(error instanceof AppError)) throw error;
    }
  }
  return closed;
}
