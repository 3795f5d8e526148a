import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { newId } from '../platform/new-id.ts';
import { OrganiserModel } from './organiser.model.ts';

export interface NewOrganiser {
  readonly name: string;
  readonly slug: string;
  readonly contactEmail: string;
}

/** The operator of an installation creates organisers; nobody signs up as one. */
export async function createOrganiser(
  actor: Actor,
  input: NewOrganiser,
  deps: Deps,
): Promise<{ ok: true; organiserId: string } | { ok: false; reason: 'slug-taken' }> {
  if (actor.kind !== 'system')
    throw new AppError('forbidden', 'Only the operator of this site can create organisers.');
  const organiserId = newId();
  const at = deps.clock.now();
  try {
    await deps.transaction(async () => {
      await OrganiserModel.create([{ _id: organiserId, ...input, createdAt: at }]);
      await recordAuditEntry(actor, {
        at,
        organiserId,
        action: 'organiser:created',
        subject: { noun: 'organiser', id: organiserId },
      });
    });
  } catch (error) {
    if (isDuplicateKey(error, 'slug')) return { ok: false, reason: 'slug-taken' };
    throw error;
  }
  return { ok: true, organiserId };
}
