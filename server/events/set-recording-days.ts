import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { EventModel } from './event.model.ts';
import { getEventOfOrganiser } from './event.queries.ts';

/** Says how long recordings of an event are kept that no replay uses; null: until somebody erases them. */
export async function setRecordingDays(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string; readonly recordingDays: number | null },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<{ readonly ok: true }> {
  const { organiserId, eventId, recordingDays } = input;
  return deps.transaction(async () => {
    const before = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'event:edit', organiserId);
    await EventModel.updateOne({ _id: eventId, organiserId }, { $set: { recordingDays } });
    await recordAuditEntry(actor, {
      at: deps.clock.now(),
      organiserId,
      action: 'event:recording-days-set',
      subject: { noun: 'event', id: eventId },
      changes: { recordingDays: { before: before.recordingDays, after: recordingDays } },
    });
    return { ok: true };
  });
}
