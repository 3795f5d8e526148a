import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { StreamModel } from './stream.model.ts';

/** Has what is recorded of an event erased, in the transaction that deletes all that belongs to it. */
export async function removeStreams(eventId: string, at: Date): Promise<void> {
  const streams = await StreamModel.find({ eventId }, { _id: 1 }).lean();
  await addOutboxMessages(
    streams.map(({ _id: streamId }) => ({
      message: { kind: 'stream:removed' as const, payload: { streamId } },
      options: { at },
    })),
  );
}
