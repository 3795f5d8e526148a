import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { SuppressionModel, type Suppression } from './suppression.model.ts';

/** Lets mail go to an address again; saying it again changes nothing. */
export async function allowAddress(
  actor: Actor,
  input: Pick<Suppression, 'kind' | 'organiserId' | 'email'>,
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<{ ok: true; wasSuppressed: boolean }> {
  const { kind, organiserId, email } = input;
  const at = deps.clock.now();
  return deps.transaction(async () => {
    const _id = `${kind} ${organiserId} ${email}`;
    const { deletedCount } = await SuppressionModel.deleteOne({ _id });
    if (deletedCount > 0)
      await recordAuditEntry(actor, {
        at,
        organiserId: organiserId || null,
        action: 'suppression:lifted',
        subject: { noun: 'suppression', id: _id },
        changes: { kind },
      });
    return { ok: true, wasSuppressed: deletedCount > 0 };
  });
}
