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
  { clock }: Pick<Deps, 'clock'>,
): Promise<void> {
  const now = clock.now();
  const isOn = now.getTime() >= event.startsAt.getTime() - doorsBeforeMs && now <= event.endsAt;
  if (place.hasEntered || !isOn) return;
  await RegistrationModel.updateOne(
    { _id: place.registrationId, status: 'confirmed', firstEnteredAt: null },
    { $set: { firstEnteredAt: now } },
  );
}
