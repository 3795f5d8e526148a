import { expect } from 'chai';
import ICAL from 'ical.js';
import { EventModel } from '../../server/events/event.model.ts';
import { addOutboxMessages } from '../../server/platform/outbox/add-outbox-messages.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { mailsTo, readMailbox, type ReadMail } from '../support/mailbox.ts';
import { openProduct, type Product } from '../support/product.ts';
import { cancel, holderOf, openEvent, register, stored, type TestEvent } from './registering.ts';

interface ReadInvite {
  readonly method: string;
  readonly uid: string;
  readonly sequence: number;
  readonly status: string;
  readonly attendees: string[];
  readonly start: string;
  readonly alarms: number;
}

function readInvite({ ics }: ReadMail): ReadInvite {
  const calendar = new ICAL.Component(ICAL.parse(ics ?? '') as unknown[]);
  const events = calendar.getAllSubcomponents('vevent');
  expect(events).to.have.length(1);
  const event = events[0]!;
  const text = (name: string) => String(event.getFirstPropertyValue(name));
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: text('uid'),
    sequence: Number(text('sequence')),
    status: text('status'),
    attendees: event
      .getAllProperties('attendee')
      .map((attendee) => String(attendee.getFirstValue()).toLowerCase()),
    start: text('dtstart'),
    alarms: event.getAllSubcomponents('valarm').length,
  };
}

describe('mails about a place', () => {
  let product: Product;
  let event: TestEvent;
  before(async () => void (product = await openProduct()));
  after(() => product.close());
  beforeEach(async () => void (event = await openEvent(product)));

  const fresh = () => `${crypto.randomUUID().slice(0, 8)}@example.org`;

  it('confirms a place with its links, its time and an invite for nobody else', async () => {
    const email = fresh();
    await register(product, event, { email, name: 'Siân Ó Brien 👩🏽‍🚀' });
    const [mail] = await mailsTo(product.url, email, 1);
    const registration = await stored(event, email);
    expect(mail!.subject).to.equal('You’re in: Learning & Development');
    expect(mail!.messageId).to.equal(`<confirmed.${registration.inviteUid}@localhost>`);
    for (const part of [mail!.text, mail!.html]) {
      expect(part).to.include('Siân Ó Brien 👩🏽‍🚀');
      expect(part).to.include('09:30 to 16:15');
      expect(part).to.include(`${product.url}/join/`);
      expect(part).to.include(`${product.url}/registrations/${registration._id}/`);
    }
    expect(readInvite(mail!)).to.deep.equal({
      method: 'REQUEST',
      uid: registration.inviteUid,
      sequence: 0,
      status: 'CONFIRMED',
      attendees: [`mailto:${email}`],
      start: '2026-12-24T09:30:00Z',
      alarms: 1,
    });
  });

  it('opens the live room and the place by the links in the mail', async () => {
    const email = fresh();
    await register(product, event, { email });
    const [mail] = await mailsTo(product.url, email, 1);
    const links = mail!.text.match(/http:\/\/localhost\S+/g) ?? [];
    const personal = links.filter((link) => /\/(join|registrations)\//.test(link));
    expect(personal).to.have.length(2);
    for (const link of personal) {
      const { status } = await new BrowserSession(product.url).get(link);
      expect(status, link.slice(0, 40)).to.equal(200);
    }
  });

  it('withdraws the invite of a cancelled place, and sends a new one when it is taken again', async () => {
    const email = fresh();
    await register(product, event, { email });
    const first = await stored(event, email);
    // A confirmation that has not left by then is set aside.
    await mailsTo(product.url, email, 1);
    await cancel(product, first);
    await mailsTo(product.url, email, 2);
    await register(product, event, { email });
    const [confirmed, cancelled, again] = (await mailsTo(product.url, email, 3)).map(readInvite);
    expect(cancelled).to.include({
      method: 'CANCEL',
      uid: first.inviteUid,
      sequence: 1,
      status: 'CANCELLED',
      alarms: 0,
    });
    expect(confirmed!.uid).to.equal(first.inviteUid);
    expect(again).to.include({ method: 'REQUEST', sequence: 0 });
    expect(again!.uid).not.to.equal(first.inviteUid);
  });

  it('sends the place again, and changes nothing, when its address is registered again', async () => {
    const email = fresh();
    await register(product, event, { email, name: 'Ada Byron' });
    await mailsTo(product.url, email, 1);
    await register(product, event, { email, name: 'A stranger' });
    const [confirmed, repeated] = await mailsTo(product.url, email, 2);
    expect(repeated!.subject).to.equal('You already have a place: Learning & Development');
    expect(repeated!.text).to.include('Ada Byron').and.not.to.include('stranger');
    expect(readInvite(repeated!)).to.deep.equal(readInvite(confirmed!));
  });

  it('takes the invite from who passes a place on, and invites the colleague', async () => {
    const [email, colleague] = [fresh(), fresh()];
    await register(product, event, { email });
    await mailsTo(product.url, email, 1);
    const before = await stored(event, email);
    const holder = await holderOf(product, before);
    const answer = await holder.post(`/registrations/${before._id}/pass-on`, {
      name: 'Grace Hopper',
      email: colleague,
    });
    expect(answer.status).to.be.below(400);
    const [, passedOn] = await mailsTo(product.url, email, 2);
    const [confirmed] = await mailsTo(product.url, colleague, 1);
    expect(readInvite(passedOn!)).to.include({ method: 'CANCEL', uid: before.inviteUid, sequence: 1 });
    expect(passedOn!.text).to.include('Grace Hopper').and.not.to.include(colleague);
    expect(confirmed!.text).to.include('Ada Byron passed a place on to you');
    expect(readInvite(confirmed!)).to.include({ method: 'REQUEST', sequence: 0 });
    expect(readInvite(confirmed!).uid).not.to.equal(before.inviteUid);
  });

  it('tells everybody when the event is cancelled, with a withdrawal of each invite', async () => {
    const people = [fresh(), fresh(), fresh()];
    for (const email of people) await register(product, event, { email });
    const gone = await stored(event, people[2]);
    // A confirmation that has not left when its place ends is set aside.
    await mailsTo(product.url, people[2]!, 1);
    await cancel(product, gone);
    await mailsTo(product.url, people[2]!, 2);
    await EventModel.updateOne(
      { _id: event.id },
      { $set: { status: 'cancelled', cancellationReason: 'The speaker is ill.' } },
    );
    await addOutboxMessages([
      {
        message: { kind: 'event:cancelled', payload: { eventId: event.id } },
        options: { at: product.clock.now() },
      },
    ]);
    for (const email of people.slice(0, 2)) {
      const [confirmed, cancelled] = await mailsTo(product.url, email, 2);
      expect(cancelled!.subject).to.equal('Cancelled: Learning & Development');
      expect(cancelled!.text).to.include('The speaker is ill.');
      const { uid } = readInvite(confirmed!);
      expect(readInvite(cancelled!)).to.include({ method: 'CANCEL', uid, sequence: 1 });
    }
    const toTheOther = (await readMailbox(product.url)).filter(({ to }) => to === people[2]);
    expect(toTheOther).to.have.length(2);
  });
});
