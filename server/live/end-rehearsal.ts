import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { findRehearsalOf, getEvent } from '../events/event.queries.ts';
import { removeRehearsalCopy } from '../events/remove-rehearsal-copy.ts';
import { deleteLiveLog } from '../live-log/delete-live-log.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { deleteEverywhere } from '../platform/database/delete-everywhere.ts';
import { listFilesOfEvent } from '../replays/replay.queries.ts';
import { removeStreams } from '../streams/remove-streams.ts';

/** Ends the rehearsal of an event, and deletes everything that was said and done in it. Safe to press twice. */
export async function endRehearsal(
  actor: Actor,
  { eventId }: { readonly eventId: string },
  deps: Deps,
): Promise<{ readonly wasRunning: boolean }> {
  const event = await getEvent(eventId);
  requirePermission(actor, 'session:direct', event.organiserId);
  return deps.transaction(async () => {
    const rehearsalId = await findRehearsalOf(eventId);
    if (!rehearsalId || !(await removeRehearsalCopy(rehearsalId))) return { wasRunning: false };
    await removeStreams(rehearsalId, await listFilesOfEvent(rehearsalId), deps.clock.now());
    await deleteEverywhere('eventId', rehearsalId);
    await deleteLiveLog(rehearsalId);
    await recordAuditEntry(actor, {
      at: deps.clock.now(),
      organiserId: event.organiserId,
      action: 'rehearsal:ended',
      subject: { noun: 'event', id: eventId },
    });
    return { wasRunning: true };
  });
}
