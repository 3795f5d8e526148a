import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { tellCalendarsChanged } from './tell-calendars-changed.ts';

/** Tells whoever shows this event that its agenda or its own page changed. In the transaction of the change. */
export async function tellAgendaChanged(eventId: string, at: Date): Promise<void> {
  await addOutboxMessages([
    { message: { kind: 'event:agenda-changed', payload: { eventId } }, options: { at } },
  ]);
  await tellCalendarsChanged(eventId, at);
}
