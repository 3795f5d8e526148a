import { randomInt } from 'node:crypto';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { MemberModel } from './member.model.ts';
import { plainRecoveryCode, recoveryCodeCount, stepOfCode } from './second-factor.rules.ts';

// Without i, l, o, 0 and 1, which people mistake for one another on paper.
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

export type Enrolment =
  | { readonly ok: true; readonly recoveryCodes: readonly string[] }
  | { readonly ok: false; readonly reason: 'wrong' | 'already-enrolled' };

/** Keeps a member's authenticator secret once a code proves that their app has it. Recovery codes are told once. */
export async function enrolSecondFactor(
  actor: Actor,
  input: { readonly memberId: string; readonly secret: string; readonly code: string },
  deps: Deps,
): Promise<Enrolment> {
  const { memberId } = input;
  const now = deps.clock.now();
  const step = stepOfCode(input.secret, input.code, now);
  if (step === null) return { ok: false, reason: 'wrong' };
  const recoveryCodes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
  const hashes = recoveryCodes.map((code) =>
    deps.secrets.sign(`recovery-code ${memberId}`, plainRecoveryCode(code)),
  );
  return deps.transaction(async () => {
    const member = await MemberModel.findOneAndUpdate(
      { _id: memberId, totpSecret: null },
      {
        $set: {
          totpSecret: deps.secrets.encrypt(`totp ${memberId}`, input.secret),
          totpLastStep: step,
          recoveryCodeHashes: hashes,
        },
      },
    ).lean();
    if (!member) return { ok: false, reason: 'already-enrolled' };
    await recordAuditEntry(actor, {
      at: now,
      organiserId: member.organiserId,
      action: 'member:second-factor-enrolled',
      subject: { noun: 'member', id: memberId },
    });
    return { ok: true, recoveryCodes };
  });
}

function newRecoveryCode(): string {
  const half = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${half()}-${half()}`;
}
