import { newId } from '../platform/new-id.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { ReplayModel } from './replay.model.ts';

/** The packager has a moment to write the last segment. */
const settleMs = 1_000;

/** Asks for one MP4 of a replay as it is now; an earlier one is erased. Call in a transaction. */
export async function requestReplayFile({ _id }: { readonly _id: string }, at: Date): Promise<void> {
  const fileId = newId();
  const before = await ReplayModel.findOneAndUpdate(
    { _id },
    { $set: { fileId, fileStatus: 'asked', fileBytes: 0 } },
    { returnDocument: 'before' },
  ).lean();
  const dropped = before?.streamId && before.fileId && { streamId: before.streamId, fileId: before.fileId };
  await addOutboxMessages([
    ...(dropped
      ? [{ message: { kind: 'replay-file:dropped' as const, payload: dropped }, options: { at } }]
      : []),
    {
      message: { kind: 'replay-file:asked', payload: { replayId: _id, fileId } },
      options: { at, dueAt: new Date(at.getTime() + settleMs) },
    },
  ]);
}
