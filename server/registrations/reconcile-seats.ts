import type { Deps } from '../deps.ts';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import { SeatsModel } from './seats.model.ts';
import { countConfirmed } from './registration.queries.ts';
import { findSeats } from './seats.queries.ts';
import { remainingSeats } from './seats.rules.ts';

/**
 * Counts the places of an event again. Claims and their registrations are one transaction, so there is nothing to
 * mend unless somebody wrote past the product; what it mends is in the audit log.
 */
export async function reconcileSeats(
  eventId: string,
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<{ wasRight: boolean; taken: number }> {
  return deps.transaction(async () => {
    const seats = await findSeats(eventId);
    const taken = await countConfirmed(eventId);
    if (!seats) return { wasRight: taken === 0, taken };
    const remaining = remainingSeats(seats.capacity ?? null, taken);
    if (seats.taken === taken && (seats.remaining ?? null) === remaining) return { wasRight: true, taken };
    // A claim that commits meanwhile changed this document, so one of the two starts again.
    await SeatsModel.updateOne({ _id: eventId }, { $set: { taken, remaining } });
    await recordAuditEntry(
      { kind: 'system', name: 'reconcile seats' },
      {
        at: deps.clock.now(),
        organiserId: null,
        action: 'seats:reconciled',
        subject: { noun: 'event', id: eventId },
        changes: {
          before: { taken: seats.taken, remaining: seats.remaining ?? null },
          after: { taken, remaining },
        },
      },
    );
    return { wasRight: false, taken };
  });
}
