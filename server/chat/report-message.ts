import { AppError } from '../contracts/problem.ts';
import type { LiveMessage } from '../contracts/live-messages.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { requireVoice } from '../participants/participant.rules.ts';
import { newId } from '../platform/new-id.ts';
import { ChatMessageModel } from './chat-message.model.ts';
import { ChatReportModel } from './chat-report.model.ts';
import { getMessageInRoom } from './chat.queries.ts';

/** Tells the moderators, and nobody else, what somebody says is wrong with a message. Once for each person. */
export async function reportMessage(
  room: Pick<InRoom, 'event' | 'right' | 'me'>,
  { messageId, reason }: LiveMessage<'chat:report'>,
  deps: Deps,
): Promise<void> {
  const at = deps.clock.now();
  const eventId = room.event._id;
  const participantId = room.me._id;
  requireVoice(room.me, at);
  await deps.transaction(async () => {
    const message = await getMessageInRoom(room, messageId);
    if (message.participantId === participantId)
      throw new AppError('conflict', 'This message is your own. You can delete it.');
    const { upsertedCount } = await ChatReportModel.updateOne(
      { messageId, participantId },
      { $setOnInsert: { _id: newId(), eventId, reason, at } },
      { upsert: true },
    );
    if (upsertedCount === 0) return;
    const reported = await ChatMessageModel.findOneAndUpdate(
      { _id: messageId, eventId, deletedAt: null },
      { $inc: { reportCount: 1 }, $set: { reportReason: reason } },
      { returnDocument: 'after' },
    ).lean();
    if (!reported) return;
    const report = { messageId, count: reported.reportCount, reason };
    await appendFacts(eventId, ['moderators'], [{ name: 'chat:reported', messageId, report }], at);
  });
}
