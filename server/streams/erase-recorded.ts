import { trusted } from 'mongoose';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { StreamRunModel } from './stream-run.model.ts';

interface Erased {
  readonly streamId: string;
  readonly spans: readonly { readonly from: number; readonly to: number }[];
  /** Made of these recordings. */
  readonly fileIds: readonly string[];
}

/** Has stretches of a stream's recording erased, and files made of them. Call in the transaction of what decided it. */
export async function eraseRecorded({ streamId, spans, fileIds }: Erased, at: Date): Promise<void> {
  const all = spans.length > 0 || fileIds.length === 0 ? spans : [{ from: 0, to: 0 }];
  await addOutboxMessages(
    all.map(({ from, to }, index) => ({
      message: {
        kind: 'recording:erased' as const,
        payload: { streamId, from, to, fileIds: index === 0 ? [...fileIds] : [] },
      },
      options: { at },
    })),
  );
}

/** Notes that nothing more of these runs goes by itself. */
export async function markSwept(runIds: readonly string[], at: Date): Promise<void> {
  await StreamRunModel.updateMany({ _id: trusted({ $in: [...runIds] }) }, { $set: { unusedErasedAt: at } });
}
