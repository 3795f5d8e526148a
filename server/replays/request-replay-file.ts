import { newId } from '../platform/new-id.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { ReplayModel } from './replay.model.ts';

/** The packager has a moment to write the last segment. */
const settleMs = 1_000;

/** Asks for one MP4 of a replay as it is now; an earlier one is no more what is watched. Call in a transaction. */
export async function requestReplayFile({ _id }: { readonly _id: string }, at: Date): Promise<void> {
  const fileId = newId();
  await ReplayModel.updateOne({ _id }, { $set: { fileId, fileStatus: 'asked', fileBytes: 0 } });
  await addOutboxMessages([
    {
      message: { kind: 'replay-file:asked', payload: { replayId: _id, fileId } },
      options: { at, dueAt: new Date(at.getTime() + settleMs) },
    },
  ]);
}
