import type { StudioRoom } from '../contracts/studio-room.ts';
import type { Deps } from '../deps.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { StudioRoomModel, type StoredStudioRoom } from './studio-room.model.ts';
import {
  changeSeats,
  keyOfStudio,
  shownSeats,
  type SeatHeld,
  type SeatsChanged,
  type StudioAct,
  type StudioPlace,
} from './studio-room.rules.ts';

export type StudioRoomChanged =
  | { readonly ok: true; readonly room: StudioRoom; /** Others must hear of it. */ readonly isNews: boolean }
  | Extract<SeatsChanged, { ok: false }>;

/** Every page of a room beats every few seconds; that this many write at the same moment again and again is a fault. */
const mostAttempts = 50;

/** Somebody comes, stays or leaves: decided on what is stored, and decided again when that has changed meanwhile. */
export async function changeStudioRoom(
  place: StudioPlace,
  act: StudioAct,
  { clock }: Pick<Deps, 'clock'>,
): Promise<StudioRoomChanged> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const stored = await StudioRoomModel.findById(keyOfStudio(place)).lean();
    const changed = changeSeats(stored?.seats ?? [], act, clock.now());
    if (!changed.ok) return changed;
    const seats = shownSeats(changed.seats);
    const isNews = JSON.stringify(seats) !== JSON.stringify(shownSeats(stored?.seats ?? []));
    const revision = (stored?.revision ?? 0) + (isNews ? 1 : 0);
    const next = { seats: [...changed.seats], revision };
    if (await write(place, stored, next)) return { ok: true, room: { revision, seats }, isNews };
  }
  throw new Error('A backstage room could not be changed: too many write it at once');
}

/** False: somebody else was quicker. */
async function write(
  place: StudioPlace,
  stored: StoredStudioRoom | null,
  next: { readonly seats: SeatHeld[]; readonly revision: number },
): Promise<boolean> {
  const version = (stored?.version ?? 0) + 1;
  if (stored) {
    const { _id } = stored;
    const done = await StudioRoomModel.updateOne(
      { _id, version: stored.version },
      { $set: { ...next, version } },
    );
    return done.modifiedCount === 1;
  }
  try {
    await StudioRoomModel.create({ _id: keyOfStudio(place), eventId: place.eventId, ...next, version });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
