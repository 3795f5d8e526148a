import { trusted } from 'mongoose';
import type { Deps } from '../deps.ts';
import { RegistrationModel } from './registration.model.ts';

const doorsBeforeMs = 15 * 60_000;

/** A place as the live room saw its holder come in. */
export interface EnteredPlace {
  readonly registrationId: string;
  readonly hasEntered: boolean;
}

/**
 * Notes that the holder of a place was there, once, and only while the event is on. Not a change that anybody
 * made, so nothing is audited. Call it again as often as they come back: it writes only the first time.
 */
export async function noteEntry(
  event: { readonly startsAt: Date; readonly endsAt: Date },
  place: EnteredPlace,
  deps: Pick<Deps, 'clock'>,
): Promise<void> {
  if (!place.hasEntered) await noteEntries(event, [place.registrationId], deps);
}

/** The same for many places at once. */
export async function noteEntries(
  event: { readonly startsAt: Date; readonly endsAt: Date },
  registrationIds: readonly string[],
  { clock }: Pick<Deps, 'clock'>,
): Promise<void> {
  const now = clock.now();
  const isOn = now.getTime() >= event.startsAt.getTime() - doorsBeforeMs && now <= event.endsAt;
  if (registrationIds.length === 0 || !isOn) return;
  await RegistrationModel.updateMany(
    { _id: trusted({ $in: [...registrationIds] }), status: 'confirmed', firstEnteredAt: null },
    { $set: { firstEnteredAt: now } },
  );
}
