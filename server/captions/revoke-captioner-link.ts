import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { CaptionerLinkModel } from './captioner-link.model.ts';

/** Ends a captioner's link; what was written with it stays. Doing so twice is one end. */
export async function revokeCaptionerLink(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string; readonly linkId: string },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<void> {
  const { organiserId, eventId, linkId } = input;
  await deps.transaction(async () => {
    await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'session:edit', organiserId);
    const at = deps.clock.now();
    const ended = await CaptionerLinkModel.updateOne(
      { _id: linkId, organiserId, eventId, revokedAt: null },
      { $set: { revokedAt: at } },
    );
    if (ended.modifiedCount === 0) return;
    await recordAuditEntry(actor, {
      at,
      organiserId,
      action: 'captioner-link:revoked',
      subject: { noun: 'captioner-link', id: linkId },
    });
  });
}
