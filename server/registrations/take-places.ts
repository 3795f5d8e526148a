import { trusted } from 'mongoose';
import type { Actor } from '../contracts/actor.ts';
import { AppError } from '../contracts/problem.ts';
import type { RegistrationForm } from '../contracts/registration-form.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { newId } from '../platform/new-id.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { decideAdmission, type Applicant, type Decision } from './admission.rules.ts';
import { claimSeats } from './claim-seats.ts';
import { openPlaces, type Opening } from './open-places.ts';
import { RegistrationModel, type Registration } from './registration.model.ts';
import { refusalAt, type Refusal } from './registration.rules.ts';
import { resendPlaces } from './resend-places.ts';
import { findSeats } from './seats.queries.ts';
import { setCapacity } from './set-capacity.ts';

export interface Application {
  readonly actor: Actor;
  readonly form: RegistrationForm;
}

export type RegisterResult =
  | { readonly ok: true; readonly registrationId: string; readonly isRepeat: boolean }
  /** 'sent-before': this attempt is stored with other answers. */
  | { readonly ok: false; readonly reason: 'sold-out' | 'sent-before' | Refusal };

const mostTries = 10;

/**
 * Answers one batch of the admission queue in one transaction: the seats, the registrations, their outbox messages
 * and audit rows are all there or none, so a process that dies leaves nothing held.
 *
 * Another process may store the same address or take the seats between the look and the write. Then the write
 * fails, nothing is kept, and the batch looks again: whoever was stored meanwhile is set aside as a repeat.
 */
export async function takePlaces(
  eventId: string,
  batch: readonly Application[],
  deps: Deps,
  claim = claimSeats,
): Promise<RegisterResult[]> {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    try {
      const results = await deps.transaction(() => admit(eventId, batch, deps, claim));
      if (results) return results;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
  throw new AppError('unavailable', 'Very many people are registering at this moment. Send the form again.');
}

/** null when the seats were gone by the time of the claim; nothing is written then. */
async function admit(
  eventId: string,
  batch: readonly Application[],
  deps: Deps,
  claim: typeof claimSeats,
): Promise<RegisterResult[] | null> {
  const now = deps.clock.now();
  const event = await getEvent(eventId);
  const seats = (await findSeats(eventId)) ?? (await startSeats(eventId, event.capacity ?? null, deps));
  const applicants = batch.map(({ form }) => asApplicant(form, deps));
  const stored = await listStored(eventId, applicants);
  const standing = { refusal: refusalAt(event, now), remaining: seats.remaining ?? null, stored };
  const decisions = decideAdmission(applicants, standing, newId);

  const openings = decisions.flatMap((decision, index): Opening[] => {
    const [application, attempt] = [batch[index], applicants[index]];
    if (!application || !attempt || (decision.kind !== 'place' && decision.kind !== 'reopen')) return [];
    const { registrationId } = decision;
    const previous = stored.find(({ _id }) => _id === registrationId) ?? null;
    return [{ registrationId, actor: application.actor, details: application.form, attempt, previous }];
  });
  if (openings.length > 0) {
    if (!(await claim(eventId, openings.length))) return null;
    await confirm(await openPlaces(event, openings, deps), now);
  }
  const repeats = decisions.filter((decision) => decision.kind === 'repeat');
  await resendPlaces(new Set(repeats.map(({ registrationId }) => registrationId)), now);
  return decisions.map(answerTo);
}

/** Whoever of the batch is known already, by address or by the form they sent. */
async function listStored(eventId: string, applicants: readonly Applicant[]): Promise<Registration[]> {
  return RegistrationModel.find({
    eventId,
    $or: [
      { email: trusted({ $in: applicants.map(({ email }) => email) }) },
      { attemptKey: trusted({ $in: applicants.map(({ attemptKey }) => attemptKey) }) },
    ],
  }).lean();
}

async function confirm(
  opened: readonly { readonly registrationId: string; readonly inviteUid: string }[],
  at: Date,
): Promise<void> {
  await addOutboxMessages(
    opened.map(({ registrationId, inviteUid }) => ({
      message: { kind: 'registration:confirmed', payload: { registrationId, inviteUid } },
      options: {
        at,
        dedupeKey: `registration:confirmed:${registrationId}:${inviteUid}`,
        orderKey: `registration:${registrationId}`,
      },
    })),
  );
}

/** For an event whose capacity nobody has set yet. */
async function startSeats(eventId: string, capacity: number | null, deps: Deps) {
  await setCapacity({ kind: 'system', name: 'admission' }, { eventId, capacity }, deps);
  return { remaining: capacity };
}

/** The signature stands for all that was typed: the same key with other content is another form. */
function asApplicant(form: RegistrationForm, deps: Deps): Applicant {
  const { attempt, ...content } = form;
  return {
    email: form.email,
    attemptKey: attempt ?? newId(),
    attemptSignature: deps.secrets.sign('registration attempt', JSON.stringify(content)),
  };
}

function answerTo(decision: Decision): RegisterResult {
  switch (decision.kind) {
    case 'refused':
      return { ok: false, reason: decision.reason };
    case 'repeat':
      if (decision.isSoldOut) return { ok: false, reason: 'sold-out' };
      return { ok: true, registrationId: decision.registrationId, isRepeat: true };
    case 'place':
    case 'reopen':
    case 'resubmit':
      return { ok: true, registrationId: decision.registrationId, isRepeat: false };
  }
}
