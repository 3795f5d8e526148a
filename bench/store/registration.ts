import { createHash } from 'node:crypto';
import { ObjectId } from 'bson';

export interface Registration {
  [field: string]: unknown;
  _id: ObjectId;
  eventId: number;
  email: string;
}

/** A registration as the product stores one: about 470 bytes. */
export function registration(n: number): Registration {
  return {
    _id: new ObjectId(),
    eventId: n % 100,
    email: `attendee-${n}@example.org`,
    name: `Attendee Number ${n}`,
    state: 'confirmed',
    ticketTypeId: new ObjectId(),
    uid: createHash('sha256').update(String(n)).digest('hex'),
    sequence: 0,
    answers: { company: 'Example Ltd', dietary: 'none', sessions: ['opening', 'keynote', 'closing'] },
    consents: [{ id: new ObjectId(), at: new Date(1_700_000_000_000 + n) }],
    registeredAt: new Date(1_700_000_000_000 + n * 1_000),
    updatedAt: new Date(1_700_000_000_000 + n * 1_000),
    __v: 0,
  };
}

export const indexes = [
  { key: { eventId: 1, email: 1 }, name: 'event_email', unique: true },
  { key: { eventId: 1, registeredAt: -1 }, name: 'event_registeredAt' },
] as const;
