import { expect } from 'chai';
import { EventModel } from '../../server/events/event.model.ts';
import { ada, Desk, grace } from './writing.ts';

describe('planned messages of an organiser are sent', () => {
  let desk: Desk;
  beforeEach(async () => void (desk = await Desk.open()));
  afterEach(() => desk.product.close());

  it('at the planned wall time, to whoever is in the group then', async () => {
    await desk.take(ada);
    const path = await desk.write();
    const plan = { ...(await desk.seen(path)), date: '2026-11-24', time: '12:00' };
    expect((await desk.owner.post(`${path}/schedule`, plan)).status).to.equal(303);
    expect(await (await desk.owner.get(path)).text()).to.include('24 November 2026, 12:00 GMT');
    await desk.take(grace);
    desk.product.clock.set('2026-11-24T11:59:59Z');
    expect(await desk.reached()).to.deep.equal([]);
    desk.product.clock.set('2026-11-24T12:00:00Z');
    expect(await desk.reached()).to.have.members([ada, grace]);
  });

  it('to nobody who “missed” an event that was moved behind the plan: it is a draft again', async () => {
    await desk.take(ada);
    const path = await desk.write({ segment: 'did-not-attend' });
    const plan = { ...(await desk.seen(path)), date: '2026-12-24', time: '17:00' };
    expect((await desk.owner.post(`${path}/schedule`, plan)).status).to.equal(303);
    await EventModel.updateOne({ _id: desk.event.id }, { endsAt: new Date('2026-12-31T16:15:00Z') });
    desk.product.clock.set('2026-12-24T17:00:00Z');
    expect(await desk.reached()).to.deep.equal([]);
    expect(await desk.campaign(path)).to.include({ state: 'draft', plannedFor: null, addressedAt: null });
  });

  it('to nobody when the event was called off after it was planned: it is a draft again', async () => {
    await desk.take(ada);
    const path = await desk.write();
    const plan = { ...(await desk.seen(path)), date: '2026-11-24', time: '12:00' };
    expect((await desk.owner.post(`${path}/schedule`, plan)).status).to.equal(303);
    desk.product.clock.set('2026-11-24T11:00:00Z');
    await EventModel.updateOne(
      { _id: desk.event.id },
      { status: 'cancelled', cancelledAt: desk.product.clock.now() },
    );
    desk.product.clock.set('2026-11-24T12:00:00Z');
    expect(await desk.reached()).to.deep.equal([]);
    expect(await desk.campaign(path)).to.include({ state: 'draft', plannedFor: null, addressedAt: null });
  });

  it('not by a plan that was taken back, and once by the plan that replaced it', async () => {
    await desk.take(ada);
    const path = await desk.write();
    const plan = async (time: string) =>
      desk.owner.post(`${path}/schedule`, { ...(await desk.seen(path)), date: '2026-11-24', time });
    await plan('11:00');
    await desk.owner.post(`${path}/stop`, {});
    expect((await desk.campaign(path)).state).to.equal('draft');
    expect((await plan('12:00')).status).to.equal(303);
    desk.product.clock.set('2026-11-24T11:30:00Z');
    expect(await desk.reached()).to.deep.equal([]);
    desk.product.clock.set('2026-11-24T12:30:00Z');
    expect(await desk.reached()).to.deep.equal([ada]);
  });

  it('at no time that does not exist, happens twice or has passed; what was typed stays', async () => {
    await desk.take(ada);
    const path = await desk.write();
    const cases = [
      ['2027-03-28', '01:30', 'The clocks go forward then'],
      ['2027-10-31', '01:30', 'The clocks go back then'],
      ['2026-11-24', '08:00', 'Choose a time that is to come'],
      ['2026-02-30', '08:00', 'Enter a date and time that exist'],
      ['soon', '08:00', 'Enter a date such as'],
    ];
    for (const [date, time, sentence] of cases) {
      const fields = { ...(await desk.seen(path)), date: date!, time: time! };
      const response = await desk.owner.post(`${path}/schedule`, fields);
      const html = await response.text();
      expect(response.status, date).to.equal(422);
      expect(html).to.include(sentence).and.include(`value="${date}"`).and.include(`value="${time}"`);
    }
    expect((await desk.campaign(path)).state).to.equal('draft');
  });
});
