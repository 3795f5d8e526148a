import type { Actor, Pass } from '../contracts/actor.ts';
import { answerField, type RegistrationDetails } from '../contracts/registration-form.ts';

/** What decides whether a stranger may take a place. */
export interface RegistrationTimes {
  readonly status: 'draft' | 'published' | 'cancelled';
  readonly endsAt: Date;
  readonly registrationOpensAt?: Date | null;
  readonly registrationClosesAt?: Date | null;
}

export type Refusal = 'not-published' | 'cancelled-event' | 'not-open' | 'closed';

/** Why nobody may register at this instant; null when they may. Without a closing time it closes with the event. */
export function refusalAt(event: RegistrationTimes, now: Date): Refusal | null {
  if (event.status === 'draft') return 'not-published';
  if (event.status === 'cancelled') return 'cancelled-event';
  if (event.registrationOpensAt && now < event.registrationOpensAt) return 'not-open';
  if (now >= event.endsAt || (event.registrationClosesAt && now >= event.registrationClosesAt))
    return 'closed';
  return null;
}

/** The holder, by signing in or by the link in their mail. Members of the organiser have permissions instead. */
export function isHolder(
  actor: Actor,
  registration: { readonly _id: string; readonly email: string },
): boolean {
  if (actor.kind === 'pass')
    return actor.pass.kind === 'manage' && actor.pass.registrationId === registration._id;
  return (actor.kind === 'attendee' || actor.kind === 'member') && actor.email === registration.email;
}

/** As whom a browser acts on one registration: a pass to it counts, whoever else is signed in beside it. */
export function actingOn(
  registrationId: string,
  { actor, passes }: { readonly actor: Actor; readonly passes: readonly Pass[] },
): Actor {
  const pass = passes.find((one) => one.kind === 'manage' && one.registrationId === registrationId);
  return pass ? { kind: 'pass', pass } : actor;
}

interface ConsentRow {
  readonly consentId: string;
  readonly wording: string;
  readonly version: number;
  readonly isGiven: boolean;
}

/** Ids of the purposes that are consented to now. */
export function consentsGiven(rows: readonly ConsentRow[]): readonly string[] {
  const last = new Map(rows.map((row) => [row.consentId, row.isGiven]));
  return [...last].filter(([, isGiven]) => isGiven).map(([id]) => id);
}

/** The rows to add so that exactly `ticked` is consented to; saying the same again adds nothing. */
export function consentChanges(
  rows: readonly ConsentRow[],
  asked: readonly { readonly id: string; readonly wording: string; readonly version: number }[],
  ticked: readonly string[],
): ConsentRow[] {
  const given = new Set(consentsGiven(rows));
  return asked
    .filter(({ id }) => given.has(id) !== ticked.includes(id))
    .map(({ id, wording, version }) => ({ consentId: id, wording, version, isGiven: ticked.includes(id) }));
}

/** At most one mail about a repeat registration in this time, so that nobody can fill a mailbox. */
export const repeatPauseInMinutes = 10;

/** One field in which what is stored is not what was typed. */
export interface Difference {
  readonly field: string;
  readonly label: string;
  readonly stored: string;
}

/** For a holder whose form was overtaken by another change: what stands now, field by field. */
export function differencesBetween(
  stored: RegistrationDetails,
  typed: RegistrationDetails,
  questions: readonly { readonly id: string; readonly label: string }[],
): Difference[] {
  const answerIn = (details: RegistrationDetails, id: string) =>
    details.answers.find(({ questionId }) => questionId === id)?.values.join(', ') ?? '';
  const fields = [
    { field: 'name', label: 'Full name', stored: stored.name, typed: typed.name },
    {
      field: 'organisation',
      label: 'Organisation',
      stored: stored.organisation,
      typed: typed.organisation,
    },
    { field: 'jobTitle', label: 'Job title', stored: stored.jobTitle, typed: typed.jobTitle },
    {
      field: 'accessNeeds',
      label: 'What would help you take part',
      stored: stored.accessNeeds,
      typed: typed.accessNeeds,
    },
    ...questions.map(({ id, label }) => ({
      field: answerField(id),
      label,
      stored: answerIn(stored, id),
      typed: answerIn(typed, id),
    })),
  ];
  return fields
    .filter(({ stored, typed }) => stored !== typed)
    .map(({ field, label, stored }) => ({ field, label, stored }));
}

export const emailChangeLifeInHours = 24;

/**
 * What is noted of a place whose invite was sent again, and showed a later version of the event than it was told of:
 * a number below zero, which keeps the version, and equals none.
 */
export const shownUntold = (toldVersion: number): number =>
  toldVersion < 0 ? toldVersion : -1 - toldVersion;

/** The version of the event that the holder of a place was told of last. */
export const toldLast = (toldVersion: number): number => (toldVersion < 0 ? -1 - toldVersion : toldVersion);
