import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor, MemberRole } from '../contracts/actor.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { newId } from '../platform/new-id.ts';
import { MemberModel } from './member.model.ts';
import { requirePermission } from './permission.rules.ts';
import { isTotpSecret } from './second-factor.rules.ts';

export interface NewMember {
  readonly organiserId: string;
  readonly email: string;
  readonly name: string;
  readonly role: MemberRole;
  /** Base32, 160 bits or more; for the demo, which prints how to sign in. People enrol one themselves. */
  readonly totpSecret?: string;
}

export async function addMember(
  actor: Actor,
  input: NewMember,
  deps: Deps,
): Promise<{ ok: true; memberId: string } | { ok: false; reason: 'address-taken' }> {
  requirePermission(actor, 'member:manage', input.organiserId);
  const memberId = newId();
  const createdAt = deps.clock.now();
  const { totpSecret, ...member } = input;
  try {
    await deps.transaction(async () => {
      await MemberModel.create([
        {
          _id: memberId,
          ...member,
          email: member.email.trim().toLowerCase(),
          totpSecret: sealed(),
          createdAt,
        },
      ]);
      await recordAuditEntry(actor, {
        at: createdAt,
        organiserId: input.organiserId,
        action: 'member:added',
        subject: { noun: 'member', id: memberId },
        changes: { role: input.role },
      });
    });
  } catch (error) {
    if (isDuplicateKey(error, 'email')) return { ok: false, reason: 'address-taken' };
    throw error;
  }
  return { ok: true, memberId };

  function sealed(): string | null {
    if (totpSecret === undefined) return null;
    if (actor.kind !== 'system' || !isTotpSecret(totpSecret))
      throw new AppError('forbidden', 'Members set up their own second step.');
    return deps.secrets.encrypt(`totp ${memberId}`, totpSecret);
  }
}
