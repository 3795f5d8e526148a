import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { SuppressionModel, type Suppression } from './suppression.model.ts';

/** Stops mail to an address; saying it again changes nothing. `organiserId` is '' for bounces and complaints. */
export async function suppressAddress(
  actor: Actor,
  input: Pick<Suppression, 'kind' | 'organiserId' | 'email' | 'detail'>,
  deps: Deps,
): Promise<{ ok: true; isNew: boolean }> {
  const { kind, organiserId, email, detail } = input;
  const at = deps.clock.now();
  return deps.transaction(async () => {
    const _id = `${kind} ${organiserId} ${email}`;
    const written = await SuppressionModel.updateOne(
      { _id },
      { $setOnInsert: { kind, organiserId, email, detail, at } },
      { upsert: true },
    );
    const isNew = written.upsertedCount > 0;
    if (isNew)
      await recordAuditEntry(actor, {
        at,
        organiserId: organiserId || null,
        action: `suppression:${kind}`,
        subject: { noun: 'suppression', id: _id },
      });
    return { ok: true, isNew };
  });
}
