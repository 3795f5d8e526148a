import { trusted } from 'mongoose';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { MemberModel } from './member.model.ts';
import {
  plainRecoveryCode,
  secondFactorTries,
  secondFactorTriesLastMinutes,
  stepOfCode,
} from './second-factor.rules.ts';

export interface GivenFactor {
  readonly memberId: string;
  readonly kind: 'totp' | 'recovery';
  readonly code: string;
}
export type SecondFactorCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrong' | 'reused' | 'locked' | 'not-enrolled' };

/**
 * Uses up one code of a member. Every try is counted before it is looked at, outside any transaction: a guess
 * that was taken back with its transaction would be free.
 */
export async function checkSecondFactor(
  _actor: Actor,
  given: GivenFactor,
  deps: Deps,
): Promise<SecondFactorCheck> {
  const { memberId } = given;
  const now = deps.clock.now();
  if (!(await countTry(memberId, now))) {
    deps.logger.warn({ memberId }, 'second factor locked after too many tries');
    return { ok: false, reason: 'locked' };
  }
  const result =
    given.kind === 'totp'
      ? await useCode(memberId, given.code, now, deps)
      : await useRecoveryCode(given, deps);
  if (result.ok) await MemberModel.updateOne({ _id: memberId }, { $set: { secondFactorTries: 0 } });
  return result;
}

async function countTry(memberId: string, now: Date): Promise<boolean> {
  const endAt = new Date(now.getTime() + secondFactorTriesLastMinutes * 60_000);
  await MemberModel.updateOne(
    { _id: memberId, secondFactorTriesEndAt: trusted({ $lte: now }) },
    { $set: { secondFactorTries: 0, secondFactorTriesEndAt: endAt } },
  );
  const { modifiedCount } = await MemberModel.updateOne(
    { _id: memberId, secondFactorTries: trusted({ $lt: secondFactorTries }) },
    { $inc: { secondFactorTries: 1 } },
  );
  return modifiedCount === 1;
}

async function useCode(memberId: string, code: string, now: Date, deps: Deps): Promise<SecondFactorCheck> {
  const member = await MemberModel.findOne({ _id: memberId }).lean();
  if (!member?.totpSecret) return { ok: false, reason: 'not-enrolled' };
  const step = stepOfCode(deps.secrets.decrypt(`totp ${memberId}`, member.totpSecret), code, now);
  if (step === null) return { ok: false, reason: 'wrong' };
  const { modifiedCount } = await MemberModel.updateOne(
    { _id: memberId, totpLastStep: trusted({ $lt: step }) },
    { $set: { totpLastStep: step } },
  );
  return modifiedCount === 1 ? { ok: true } : { ok: false, reason: 'reused' };
}

async function useRecoveryCode({ memberId, code }: GivenFactor, deps: Deps): Promise<SecondFactorCheck> {
  const hash = deps.secrets.sign(`recovery-code ${memberId}`, plainRecoveryCode(code));
  const { modifiedCount } = await MemberModel.updateOne(
    { _id: memberId, recoveryCodeHashes: hash },
    { $pull: { recoveryCodeHashes: hash } },
  );
  return modifiedCount === 1 ? { ok: true } : { ok: false, reason: 'wrong' };
}
