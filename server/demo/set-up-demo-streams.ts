import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { OutboxEntryModel } from '../platform/outbox/outbox-entry.ts';
import { editStream } from '../streams/edit-stream.ts';

const actor: Actor = { kind: 'system', name: 'demo' };

/** Makes every stage of an event that is still to end ready for pictures: a newcomer only makes a key. */
export async function setUpDemoStreams(eventId: string, deps: Deps): Promise<void> {
  const event = await getEvent(eventId);
  if (event.endsAt <= deps.clock.now()) return;
  const slateText = 'We will be back in a moment.';
  for (const { id: stageId } of event.stages)
    await editStream(actor, { event, stageId, slateText, external: null, revision: 0 }, deps);
  // The media process starts beside and asks for all of it.
  await OutboxEntryModel.deleteMany({ kind: 'stream:selected', state: 'waiting' });
}
