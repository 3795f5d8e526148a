import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';

/** Something changed that speakers' calendars may say. In the transaction of the change; Part of `tellCalendarsChanged`. */
export async function tellSpeakersChanged(eventIds: readonly string[], at: Date): Promise<void> {
  await addOutboxMessages(
    eventIds.map((eventId) => ({
      message: { kind: 'speakers:changed', payload: { eventId } },
      options: { at },
    })),
  );
}
