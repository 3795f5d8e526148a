import { expect } from 'chai';
import type { Actor } from '../../server/contracts/actor.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { claimSeats } from '../../server/registrations/claim-seats.ts';
import { reconcileSeats } from '../../server/registrations/reconcile-seats.ts';
import { SeatsModel } from '../../server/registrations/seats.model.ts';
import { setCapacity } from '../../server/registrations/set-capacity.ts';
import { tellEventCancelled } from '../../server/registrations/tell-event-cancelled.ts';
import { openProduct, type Product } from '../support/product.ts';
import { brokenInvariants, cancel, openEvent, register, rush, seatsOf, stored } from './registering.ts';

const system: Actor = { kind: 'system', name: 'test' };

describe('the seats of an event', () => {
  let product: Product;
  before(async () => {
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  it('may be lowered below what is taken: everybody keeps their place and nothing more is sold', async () => {
    const event = await openEvent(product, { capacity: 5 });
    await rush(product, event, 4);
    await setCapacity(system, { eventId: event.id, capacity: 2 }, product.deps);
    expect(await seatsOf(event)).to.include({ capacity: 2, taken: 4, remaining: 0 });
    expect((await register(product, event)).status).to.equal(409);
    await cancel(product, await stored(event, 'person-0@example.org'));
    expect(await seatsOf(event)).to.include({ taken: 3, remaining: 0 });
    await cancel(product, await stored(event, 'person-1@example.org'));
    await cancel(product, await stored(event, 'person-2@example.org'));
    expect(await seatsOf(event)).to.include({ taken: 1, remaining: 1 });
    expect((await register(product, event)).status).to.equal(303);
    expect(await brokenInvariants(event)).to.deep.equal([]);
  });

  it('may be raised, limited and unlimited while people register', async () => {
    const event = await openEvent(product, { capacity: 1 });
    await Promise.all([
      rush(product, event, 10),
      setCapacity(system, { eventId: event.id, capacity: 6 }, product.deps),
    ]);
    await setCapacity(system, { eventId: event.id, capacity: null }, product.deps);
    expect((await register(product, event)).status).to.equal(303);
    const { taken } = (await seatsOf(event)) ?? { taken: 0 };
    await setCapacity(system, { eventId: event.id, capacity: taken + 1 }, product.deps);
    expect(await seatsOf(event)).to.include({ remaining: 1 });
    expect(await brokenInvariants(event)).to.deep.equal([]);
  });

  it('are changed only by who may edit the event', async () => {
    const event = await openEvent(product, { capacity: 1 });
    const member = (organiserId: string, role: 'organiser' | 'viewer'): Actor => ({
      kind: 'member',
      memberId: 'm',
      organiserId,
      role,
      email: 'm@example.org',
      signInId: 's',
    });
    const change = (actor: Actor) => setCapacity(actor, { eventId: event.id, capacity: 9 }, product.deps);
    for (const outsider of [member('another', 'organiser'), member(event.organiserId, 'viewer')]) {
      const refusal = await change(outsider).catch((error: unknown) => error);
      expect(refusal).to.be.instanceOf(Error);
    }
    expect(await seatsOf(event)).to.include({ capacity: 1 });
    await change(member(event.organiserId, 'organiser'));
    expect(await seatsOf(event)).to.include({ capacity: 9 });
  });

  it('are closed once the holders are told that the event is cancelled, so nobody comes after the mails', async () => {
    const event = await openEvent(product, { capacity: 20 });
    const unlimited = await openEvent(product, { capacity: null });
    for (const { id } of [event, unlimited]) {
      expect(await claimSeats(id, 1)).to.equal(true);
      await product.deps.transaction(() => tellEventCancelled({ eventId: id }, product.clock.now()));
      expect(await claimSeats(id, 1)).to.equal(false);
    }
  });

  it('are made from the event when its first person comes, if nobody made them', async () => {
    const event = await openEvent(product, { capacity: 3 });
    await SeatsModel.deleteOne({ _id: event.id });
    expect(Object.fromEntries(await rush(product, event, 5))).to.deep.equal({ 303: 3, 409: 2 });
    expect(await brokenInvariants(event)).to.deep.equal([]);
  });

  it('are counted again when somebody wrote past the product, also during a rush', async () => {
    const event = await openEvent(product, { capacity: 30 });
    await register(product, event);
    await SeatsModel.updateOne({ _id: event.id }, { $set: { taken: 7, remaining: 5 } });
    const [, mended] = await Promise.all([rush(product, event, 5), reconcileSeats(event.id, product.deps)]);
    expect(mended.wasRight).to.equal(false);
    expect(await brokenInvariants(event)).to.deep.equal([]);
    expect(await reconcileSeats(event.id, product.deps)).to.deep.equal({ wasRight: true, taken: 6 });
    await EventModel.deleteOne({ _id: event.id });
  });
});
