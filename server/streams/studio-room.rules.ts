import { mostStudioGuests, studioLeaseMs, type StudioRoom } from '../contracts/studio-room.ts';

export interface StudioPlace {
  readonly eventId: string;
  readonly stageId: string | null;
}
export const keyOfStudio = ({ eventId, stageId }: StudioPlace): string => `${eventId}:${stageId ?? ''}`;

export interface SeatHeld {
  readonly peerId: string;
  readonly participantId: string;
  readonly role: 'host' | 'guest';
  readonly name: string;
  readonly seenAt: Date;
}

export type StudioAct =
  | ({ readonly kind: 'enter'; readonly isNew: boolean } & Omit<SeatHeld, 'seenAt'>)
  | { readonly kind: 'leave'; readonly peerId: string; readonly participantId: string };

export type SeatsChanged =
  | { readonly ok: true; readonly seats: readonly SeatHeld[] }
  /** taken: another person's page has this id. */
  | { readonly ok: false; readonly reason: 'full' | 'replaced' | 'taken' };

/** Who is in the room after somebody came, stayed or left. Whoever was not heard of for a lease is gone. */
export function changeSeats(held: readonly SeatHeld[], act: StudioAct, now: Date): SeatsChanged {
  const seats = seatsAt(held, now);
  const own = seats.find(({ peerId }) => peerId === act.peerId);
  if (own && own.participantId !== act.participantId) return { ok: false, reason: 'taken' };
  if (act.kind === 'leave') return { ok: true, seats: seats.filter((seat) => seat !== own) };

  const { peerId, participantId, role, name } = act;
  const seat: SeatHeld = { peerId, participantId, role, name, seenAt: now };
  if (own?.role === role) return { ok: true, seats: seats.map((one) => (one === own ? seat : one)) };
  if (own) return { ok: false, reason: 'taken' };

  const inPlace = (one: SeatHeld) =>
    one.role === role && (role === 'host' || one.participantId === participantId);
  if (!act.isNew && seats.some(inPlace)) return { ok: false, reason: 'replaced' };
  const others = seats.filter((one) => !inPlace(one));
  const guests = others.filter((one) => one.role === 'guest').length;
  if (role === 'guest' && guests >= mostStudioGuests) return { ok: false, reason: 'full' };
  return { ok: true, seats: [...others, seat] };
}

export const seatsAt = (held: readonly SeatHeld[], now: Date): SeatHeld[] =>
  held.filter(({ seenAt }) => now.getTime() - seenAt.getTime() < studioLeaseMs);

/** What others hear of: who, as what, under which name. */
export const shownSeats = (seats: readonly SeatHeld[]): StudioRoom['seats'] =>
  seats.map(({ peerId, participantId, role, name }) => ({ peerId, participantId, role, name }));

/** Only a host and a guest have something to tell each other, and only from a seat of one's own. */
export function maySignal(
  seats: readonly SeatHeld[],
  { peerId, toPeerId, participantId }: { peerId: string; toPeerId: string; participantId: string },
): boolean {
  const from = seats.find((seat) => seat.peerId === peerId);
  const to = seats.find((seat) => seat.peerId === toPeerId);
  return from?.participantId === participantId && to !== undefined && from.role !== to.role;
}

export const refusedSeat = {
  full: `The backstage room is full: ${mostStudioGuests} guests besides the host. Ask somebody to leave it.`,
  replaced: 'The room was opened in another page, which has this place now.',
  taken: 'This place is somebody else’s. Reload the page and try again.',
} as const;
