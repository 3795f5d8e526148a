import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { LiveMessage } from '../contracts/live-messages.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { PollModel, type Poll } from './poll.model.ts';
import { getPollOfEvent } from './poll.queries.ts';
import { pollChanged } from './save-poll.ts';
import { tellPoll } from './tell-poll.ts';

export type MovePollInput = LiveMessage<'poll:move'>;

const statesBefore = { open: 'draft', close: 'open', reopen: 'closed', delete: 'draft' } as const;

/** Opens, closes, opens again or throws away a poll. The write holds only for what the mover was looking at. */
export async function movePoll(
  actor: Actor,
  { eventId, pollId, move, closesInSeconds, revision }: MovePollInput,
  deps: Deps,
): Promise<void> {
  await deps.transaction(async () => {
    const before = await getPollOfEvent(eventId, pollId);
    if (before.revision !== revision) throw pollChanged();
    if (before.state !== statesBefore[move])
      throw new AppError('conflict', 'That cannot be done with this poll as it is now.');
    const now = deps.clock.now();
    const asRead = { _id: pollId, eventId, state: before.state, revision };
    if (move === 'delete') {
      const { deletedCount } = await PollModel.deleteOne(asRead);
      if (deletedCount === 0) throw pollChanged();
      // Nobody else has ever seen a draft.
      await appendFacts(eventId, ['moderators'], [{ name: 'poll:removed', pollId }], now);
    } else {
      const after = await PollModel.findOneAndUpdate(
        asRead,
        { $set: courseAfter(move, closesInSeconds, before, now), $inc: { revision: 1 } },
        { returnDocument: 'after' },
      ).lean<Poll | null>();
      if (!after) throw pollChanged();
      await tellPoll(after, now);
    }
    await recordAuditEntry(actor, {
      at: now,
      organiserId: before.organiserId,
      action: 'poll:moved',
      subject: { noun: 'poll', id: pollId },
      changes: { move, from: before.state },
    });
  });
}

function courseAfter(
  move: 'open' | 'close' | 'reopen',
  closesInSeconds: number | null,
  before: Poll,
  now: Date,
) {
  if (move === 'close') return { state: 'closed', closedAt: now, closesAt: null } as const;
  return {
    state: 'open',
    openedAt: before.openedAt ?? now,
    closedAt: null,
    closesAt: closesInSeconds === null ? null : new Date(now.getTime() + closesInSeconds * 1000),
  } as const;
}
