import type { Actor } from '../contracts/actor.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { OwnDetailsModel } from './own-details.model.ts';

/** Keeps what the next form is to say; places that are booked already keep what they say. */
export async function saveOwnDetails(
  actor: Actor,
  input: { readonly name: string; readonly organisation: string; readonly jobTitle: string },
  deps: Pick<Deps, 'clock'>,
): Promise<{ ok: true }> {
  if (actor.kind !== 'attendee' && actor.kind !== 'member')
    throw new AppError('not-signed-in', 'Sign in to save your details.');
  await OwnDetailsModel.updateOne(
    { _id: actor.email },
    { $set: { ...input, changedAt: deps.clock.now() } },
    { upsert: true },
  );
  return { ok: true };
}
