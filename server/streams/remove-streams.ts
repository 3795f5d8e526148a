import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { StreamModel } from './stream.model.ts';
import { StudioRoomModel } from './studio-room.model.ts';

/** Has what is recorded of an event erased, and the files made of it, in the transaction that deletes all of the event. */
export async function removeStreams(
  eventId: string,
  files: readonly { readonly streamId: string; readonly fileId: string }[],
  at: Date,
): Promise<void> {
  const streams = await StreamModel.find({ eventId }, { _id: 1 }).lean();
  await StudioRoomModel.deleteMany({ eventId });
  await addOutboxMessages(
    streams.map(({ _id: streamId }) => ({
      message: {
        kind: 'stream:removed' as const,
        payload: {
          streamId,
          fileIds: files.filter((file) => file.streamId === streamId).map(({ fileId }) => fileId),
        },
      },
      options: { at },
    })),
  );
}
