import { inTransaction } from '../platform/database/transaction.ts';
import { getEvent, listPublicEvents } from '../events/event.queries.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { findEventUpdate } from './event-update.queries.ts';
import { EventUpdateModel } from './event-update.model.ts';
import { storeToldEvent } from './store-told-event.ts';
import { toldEventOf } from './told-event.rules.ts';

/**
 * Writes down what the invites of published events say, where nobody has yet: for events that were published before
 * changes were told. May run again.
 */
export async function noteToldEvents(now: Date): Promise<void> {
  for (const { _id, status } of await listPublicEvents()) {
    if (status !== 'published') continue;
    await inTransaction(async () => {
      const event = await getEvent(_id);
      if (await findEventUpdate(_id)) return;
      await storeToldEvent(event, toldEventOf(event, await listSessionsOfEvent(_id)), now);
      const { toldVersion } = event;
      await EventUpdateModel.create([{ _id, sentVersion: toldVersion, seenVersion: toldVersion }]);
    });
  }
}
