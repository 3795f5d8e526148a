import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { recordAuditEntry } from './record-audit-entry.ts';

/** That somebody took a table of an event away; recorded before the first row leaves. */
export async function recordExport(
  actor: Actor,
  {
    event,
    what,
  }: { readonly event: { readonly _id: string; readonly organiserId: string }; readonly what: string },
  { clock, transaction }: Pick<Deps, 'clock' | 'transaction'>,
): Promise<void> {
  await transaction(() =>
    recordAuditEntry(actor, {
      at: clock.now(),
      organiserId: event.organiserId,
      action: `${what}:exported`,
      subject: { noun: 'event', id: event._id },
    }),
  );
}
