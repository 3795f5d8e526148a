import { trusted } from 'mongoose';
import { getEvent } from '../events/event.queries.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { StreamModel, type Stream } from './stream.model.ts';
import { mayGoOnAir } from './studio-room.queries.ts';

/**
 * Cuts off who went on air from a browser and speaks on that stage no more, and nobody else who is on air there. In the
 * transaction of what answers a changed agenda.
 */
export async function stopFormerSpeakers(eventId: string, at: Date): Promise<void> {
  const streams = await StreamModel.find({ eventId, 'studioUses.0': trusted({ $exists: true }) }).lean();
  if (streams.length === 0) return;
  const event = await getEvent(eventId);
  for (const stream of streams)
    for (const person of new Set(stream.studioUses.map((use) => use.person)))
      if (!(await mayGoOnAir(event, stream.stageId ?? null, person))) await cut(stream, person, at);
}

async function cut({ _id: streamId }: Stream, person: string, at: Date): Promise<void> {
  // Told once. A ticket that they still hold is refused for the same reason.
  await StreamModel.updateOne({ _id: streamId }, { $pull: { studioUses: { person } } });
  await addOutboxMessages([
    {
      message: {
        kind: 'stream:cut',
        payload: {
          streamId,
          source: 'studio',
          tag: person,
          message: 'You are not on the programme of this stage any more.',
        },
      },
      options: { at, priority: 0 },
    },
  ]);
}
