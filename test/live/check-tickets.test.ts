import { expect } from 'chai';
import type { LiveTicket } from '../../server/contracts/live-ticket.ts';
import { checkTickets } from '../../server/live/check-tickets.ts';
import { admitParticipant, findLiveRight } from '../../server/participants/enter-live-room.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedLiveDay, seedViewer } from './live-day.ts';

describe('tickets that are asked about together', () => {
  let product: Product;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  async function ticketOf(eventId: string, organiserId: string): Promise<LiveTicket> {
    const now = product.clock.now();
    const { email, registrationId, signInId } = await seedViewer(eventId, organiserId, now);
    const event = await getEvent(eventId);
    const right = await findLiveRight(event, {
      actor: { kind: 'attendee', email, signInId },
      passes: [],
    });
    if (!right) throw new Error('a right was expected');
    const { _id: participantId, role } = await admitParticipant(event, right, product.deps);
    const person = `attendee:${email}`;
    const times = { issuedAt: now.getTime(), expiresAt: now.getTime() + 60_000 };
    return { eventId, participantId, role, person, registrationId, signInIds: [signInId], ...times };
  }

  it('stand or not each by itself, also beside one of an event that is gone', async () => {
    const { eventId, organiserId } = await seedLiveDay(product.clock.now());
    const [good, banned] = [await ticketOf(eventId, organiserId), await ticketOf(eventId, organiserId)];
    await ParticipantModel.updateOne(
      { _id: banned.participantId },
      { $set: { bannedAt: product.clock.now() } },
    );
    const gone = { ...good, eventId: 'rehearsal-that-ended' };
    expect([...(await checkTickets([gone, good, banned], product.deps))]).to.deep.equal([good]);
  });
});
