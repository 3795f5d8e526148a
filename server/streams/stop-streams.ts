import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { StreamModel } from './stream.model.ts';

/** Cuts off whoever publishes to an event that was called off. Call in a transaction; doing it again does no harm. */
export async function stopStreams(eventId: string, at: Date): Promise<void> {
  const streams = await StreamModel.find({ eventId }, { _id: 1 }).lean();
  await addOutboxMessages(
    streams.map(({ _id: streamId }) => ({
      message: {
        kind: 'stream:cut' as const,
        payload: { streamId, source: null, message: 'This event is cancelled, so nothing can be shown.' },
      },
      options: { at, priority: 0 as const },
    })),
  );
}
