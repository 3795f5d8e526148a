import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { LiveMessage } from '../contracts/live-messages.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { requireStage } from '../live-rooms/stage.rules.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { againOnDuplicate } from '../platform/database/again-on-duplicate.ts';
import { newId } from '../platform/new-id.ts';
import { PollModel, type Poll } from './poll.model.ts';
import { getPollOfEvent } from './poll.queries.ts';
import { optionsFor } from './poll.rules.ts';
import { tellPoll } from './tell-poll.ts';

export type SavePollInput = Omit<LiveMessage<'poll:save'>, 'eventId'>;

export const pollChanged = () =>
  new AppError('conflict', 'Somebody else has changed this poll meanwhile. Look at it again.');

/** Makes a draft, or changes one; what people have seen is not changed under them. */
export async function savePoll(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  { pollId, clientId, revision, options: texts, ...content }: SavePollInput,
  deps: Deps,
): Promise<{ readonly pollId: string }> {
  requireStage(event, content.stageId);
  const read = optionsFor(content.kind, texts);
  if ('problem' in read) throw new AppError('bad-request', read.problem);
  const { options } = read;
  return againOnDuplicate(() =>
    deps.transaction(async () => {
      const now = deps.clock.now();
      if (pollId === null) {
        const known = await PollModel.findOne({ eventId: event._id, clientId }).lean();
        if (known) return { pollId: known._id };
        const { _id: eventId, organiserId } = event;
        const made = { _id: newId(), eventId, organiserId, clientId, ...content, options, createdAt: now };
        await PollModel.create([{ ...made, state: 'draft' }]);
        return tell(made._id, 'poll:drafted', now);
      }
      const before = await getPollOfEvent(event._id, pollId);
      if (before.state !== 'draft')
        throw new AppError('conflict', 'This poll has been opened, so it stays as it is.');
      const changed = await PollModel.updateOne(
        { _id: pollId, eventId: event._id, state: 'draft', revision },
        { $set: { ...content, options }, $inc: { revision: 1 } },
      );
      if (changed.matchedCount === 0) throw pollChanged();
      return tell(pollId, 'poll:redrafted', now);
    }),
  );

  async function tell(id: string, action: `poll:${string}`, at: Date) {
    const poll: Poll = await getPollOfEvent(event._id, id);
    const subject = { noun: 'poll', id };
    await recordAuditEntry(actor, { at, organiserId: event.organiserId, action, subject });
    await tellPoll(poll, at);
    return { pollId: id };
  }
}
