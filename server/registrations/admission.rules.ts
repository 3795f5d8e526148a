import type { Refusal } from './registration.rules.ts';

/** What one person in the queue brings. */
export interface Applicant {
  readonly email: string;
  readonly attemptKey: string;
  readonly attemptSignature: string;
}

/** A registration of this event that is stored already. */
export interface Known extends Applicant {
  readonly _id: string;
  readonly status: 'awaiting-approval' | 'confirmed' | 'declined' | 'cancelled';
}

export type Decision =
  /** A new registration, or a cancelled one that is claimed again: each takes one seat. */
  | { readonly kind: 'place' | 'reopen'; readonly registrationId: string }
  /** The same form again: the same answer, and nothing is written. */
  | { readonly kind: 'resubmit'; readonly registrationId: string }
  /** The address has a registration: its holder gets a mail, and the answer is what a stranger would get. */
  | { readonly kind: 'repeat'; readonly registrationId: string; readonly isSoldOut: boolean }
  /** 'sent-before': the key of another form, from a page that was gone back to. */
  | { readonly kind: 'refused'; readonly reason: Refusal | 'sold-out' | 'sent-before' };

/** What a batch finds when it looks. `remaining` null is no limit; `refusal` is why nobody may register now. */
export interface Standing {
  readonly refusal: Refusal | null;
  readonly remaining: number | null;
  readonly stored: readonly Known[];
}

/**
 * Decides for everybody in one batch, in order of arrival. Only decides: the guard against one too many is the
 * write that claims as many seats as `place` and `reopen` stand here.
 */
export function decideAdmission(
  applicants: readonly Applicant[],
  { refusal, remaining, stored }: Standing,
  newId: () => string,
): Decision[] {
  const byEmail = new Map(stored.map((known) => [known.email, known]));
  const byAttempt = new Map(stored.map((known) => [known.attemptKey, known]));
  let left = remaining ?? Infinity;

  return applicants.map((applicant): Decision => {
    const before = byAttempt.get(applicant.attemptKey);
    if (before?.attemptSignature === applicant.attemptSignature)
      return { kind: 'resubmit', registrationId: before._id };
    if (before) return { kind: 'refused', reason: 'sent-before' };
    if (refusal) return { kind: 'refused', reason: refusal };

    const known = byEmail.get(applicant.email);
    if (known && known.status !== 'cancelled')
      return { kind: 'repeat', registrationId: known._id, isSoldOut: left === 0 };
    if (left === 0) return { kind: 'refused', reason: 'sold-out' };

    left -= 1;
    const confirmed: Known = { ...applicant, _id: known?._id ?? newId(), status: 'confirmed' };
    byEmail.set(applicant.email, confirmed);
    byAttempt.set(applicant.attemptKey, confirmed);
    return { kind: known ? 'reopen' : 'place', registrationId: confirmed._id };
  });
}
