import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { StageViewModel } from './stage-view.model.ts';

/** Makes the address for the video mixer anew: whoever has the old one sees nothing more. */
export async function resetStageView(
  actor: Actor,
  { eventId }: { readonly eventId: string },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<void> {
  await deps.transaction(async () => {
    const { organiserId } = await getEvent(eventId);
    requirePermission(actor, 'live:moderate', organiserId);
    // The first address is version 1 without a document.
    const known = await StageViewModel.exists({ _id: eventId });
    if (known) await StageViewModel.updateOne({ _id: eventId }, { $inc: { version: 1 } });
    else await StageViewModel.create([{ _id: eventId, version: 2 }]);
    await recordAuditEntry(actor, {
      at: deps.clock.now(),
      organiserId,
      action: 'stage-view:reset',
      subject: { noun: 'event', id: eventId },
    });
  });
}
