import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { ReminderName } from '../contracts/reminder.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { EventModel } from './event.model.ts';
import { getEventOfOrganiser } from './event.queries.ts';

/** Says which reminders of an event are sent; one that was sent already stays sent. */
export async function setReminders(
  actor: Actor,
  input: {
    readonly organiserId: string;
    readonly eventId: string;
    readonly reminders: readonly ReminderName[];
  },
  deps: Deps,
): Promise<{ readonly ok: true }> {
  const { organiserId, eventId } = input;
  const reminders = [...input.reminders];
  return deps.transaction(async () => {
    const before = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'event:edit', organiserId);
    await EventModel.updateOne({ _id: eventId, organiserId }, { $set: { reminders } });
    await recordAuditEntry(actor, {
      at: deps.clock.now(),
      organiserId,
      action: 'event:reminders-set',
      subject: { noun: 'event', id: eventId },
      changes: { reminders: { before: before.reminders, after: reminders } },
    });
    return { ok: true };
  });
}
