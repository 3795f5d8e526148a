import type { Actor } from '../contracts/actor.ts';
import { AppError } from '../contracts/problem.ts';

/** The address that somebody proved to be theirs. A pass proves one place only, and a calendar holds them all. */
export function requireAddress(actor: Actor): string {
  if (actor.kind === 'attendee' || actor.kind === 'member') return actor.email;
  throw new AppError('not-signed-in', 'Sign in to see your calendar.');
}
