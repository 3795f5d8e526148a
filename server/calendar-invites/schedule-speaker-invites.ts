import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';

/**
 * Brings the invites of an event's speakers up to date at `dueAt`. Any number may be scheduled: whichever runs
 * after the first finds only what changed since. One at a time, so that none waits for another's transaction.
 */
export async function scheduleSpeakerInvites(eventId: string, dueAt: Date, at: Date): Promise<void> {
  await addOutboxMessages([
    {
      message: { kind: 'speakers:invites-due', payload: { eventId } },
      options: { at, dueAt, orderKey: `speakers ${eventId}` },
    },
  ]);
}
