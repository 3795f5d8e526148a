import { expect } from 'chai';
import { cancelEvent } from '../../server/events/cancel-event.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { wakeDelivery } from '../../server/platform/outbox/delivery-wake-up.ts';
import {
  changeSession,
  historyOf,
  invitesTo,
  letGather,
  planSession,
  settle,
} from '../calendar-invites/speaking.ts';
import { revokeJoinLink } from '../../server/registrations/revoke-join-link.ts';
import { makeOrganiser, planEvent, system } from '../catalogue/planned-event.ts';
import { readMailbox } from '../support/mailbox.ts';
import { openProduct, type Product } from '../support/product.ts';
import {
  askForPlace,
  changeForm,
  changesIn,
  moveSessionBy,
  placeOf,
  planUpdatedEvent,
  takePlace,
  waitingOf,
} from './updating.ts';

const ada = 'ada@example.org';
const grace = 'grace@example.org';

describe('gathering what changes', () => {
  let product: Product;
  let organiserId: string;
  let eventId: string;
  let heatId: string;

  beforeEach(async () => {
    product = await openProduct();
    organiserId = await makeOrganiser(product);
    ({ eventId, heatId } = await planUpdatedEvent(product, organiserId));
    await takePlace(product, eventId, ada);
  });
  afterEach(() => product.close());

  const minutesPass = async (minutes: number) => {
    product.clock.advance({ minutes });
    wakeDelivery();
    await settle(product);
  };
  const newest = async (address: string) => (await invitesTo(product, address)).at(-1)!;

  it('makes one mail of five quick edits, in words, with the invite that replaces the first', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    await changeForm(product, eventId, { title: 'Warmer Homes' });
    await changeSession(product, eventId, heatId, {
      title: 'Heat networks',
      startTime: '10:30',
      endTime: '11:10',
    });
    await planSession(product, eventId, { title: 'Damp', startTime: '11:10', endTime: '11:40' });
    await changeForm(product, eventId, { endTime: '13:00' });
    await settle(product);
    expect(await historyOf(product, ada), 'nothing while it is gathered').to.deep.equal(['REQUEST 0']);
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
    const { mail, invite } = await newest(ada);
    const lines = [
      'Now called “Warmer Homes”, before “Warm Homes”',
      'Starts 09:00 instead of 09:30',
      'Ends 13:00 instead of 12:30',
      '“Heat networks” starts 10:30 instead of 10:00',
      'New at 11:10: “Damp”',
    ];
    expect(mail.subject).to.equal('Changed: Warmer Homes');
    expect(changesIn(mail.text)).to.deep.equal(lines);
    for (const line of lines) expect(mail.html).to.include(line);
    expect(mail.text).to.match(/10:30 Heat networks\n11:10 Damp/);
    expect(mail.text).to.include(`${product.url}/join/`).and.include(`${product.url}/registrations/`);
    expect(invite).to.include({
      start: '2026-12-10T09:00:00Z',
      end: '2026-12-10T13:00:00Z',
      title: 'Warmer Homes',
    });
    expect(invite.description).to.include(`Changed:\n${lines.join('\n')}\n\nAgenda\n`);
    const { inviteUid } = (await placeOf(eventId, ada))!;
    expect(invite.uid).to.equal(inviteUid);
    expect(mail.messageId).to.equal(`<updated.${inviteUid}.1@localhost>`);
  });

  it('waits the whole delay after the last edit, but never three times as long after the first', async () => {
    for (const [index, minute] of [0, 4, 4, 4].entries()) {
      await minutesPass(minute);
      await changeForm(product, eventId, { startTime: `08:${10 + index}` });
      await settle(product);
    }
    await minutesPass(2);
    expect(await historyOf(product, ada), 'after 14 minutes').to.have.length(1);
    await minutesPass(1);
    expect(await historyOf(product, ada), 'after 15 minutes').to.have.length(2);
    expect(changesIn((await newest(ada)).mail.text)).to.deep.equal(['Starts 08:13 instead of 09:30']);
    await minutesPass(30);
    expect(await historyOf(product, ada)).to.have.length(2);
  });

  it('mails nobody when what was changed is changed back', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    await settle(product);
    expect(await waitingOf(eventId)).not.to.equal(null);
    await changeForm(product, eventId, { startTime: '09:30' });
    await moveSessionBy(product, eventId, heatId, 'cancel');
    await moveSessionBy(product, eventId, heatId, 'reinstate');
    await settle(product);
    expect(await waitingOf(eventId)).to.equal(null);
    await minutesPass(60);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0']);
    await changeForm(product, eventId, { startTime: '08:30' });
    await letGather(product);
    expect(changesIn((await newest(ada)).mail.text)).to.deep.equal(['Starts 08:30 instead of 09:30']);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
  });

  it('tells nobody of what no calendar shows, and lets that put nothing off', async () => {
    await changeForm(product, eventId, { description: 'Bring a jumper.' });
    await settle(product);
    expect(await waitingOf(eventId)).to.equal(null);
    await changeForm(product, eventId, { startTime: '09:00' });
    await settle(product);
    await minutesPass(3);
    await changeForm(product, eventId, { description: 'Bring two.' });
    await settle(product);
    await minutesPass(2);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
  });

  it('sends no needless mail to who registers in between, and later tells them what they do not know', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    await askForPlace(product, eventId, grace);
    await settle(product);
    await changeForm(product, eventId, { description: 'Nothing that calendars tell.' });
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
    expect(await historyOf(product, grace)).to.deep.equal(['REQUEST 0']);
    expect((await newest(grace)).invite.start).to.equal('2026-12-10T09:00:00Z');

    await changeForm(product, eventId, { startTime: '08:30' });
    await settle(product);
    await takePlace(product, eventId, 'late@example.org');
    await changeForm(product, eventId, { endTime: '12:00' });
    await letGather(product);
    const both = ['Starts 08:30 instead of 09:00', 'Ends 12:00 instead of 12:30'];
    expect(changesIn((await newest(ada)).mail.text)).to.deep.equal(both);
    expect(changesIn((await newest(grace)).mail.text)).to.deep.equal(both);
    expect(changesIn((await newest('late@example.org')).mail.text)).to.deep.equal([both[1]]);
    expect(await historyOf(product, grace)).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
  });

  it('still says what changed to who got their place again in between, whoever asked for it', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    await takePlace(product, eventId, ada);
    const again = await newest(ada);
    expect(again.mail.subject).to.match(/^You already have a place/);
    expect(again.invite).to.include({ start: '2026-12-10T09:00:00Z', sequence: 1 });
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1', 'REQUEST 2']);
    expect(changesIn((await newest(ada)).mail.text)).to.deep.equal(['Starts 09:00 instead of 09:30']);
  });

  it('puts right what an invite that was sent again has shown, when the change is taken back', async () => {
    await takePlace(product, eventId, grace);
    await changeForm(product, eventId, { startTime: '09:00' });
    await takePlace(product, eventId, ada);
    await changeForm(product, eventId, { startTime: '09:30' });
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1', 'REQUEST 2']);
    expect((await newest(ada)).invite.start).to.equal('2026-12-10T09:30:00Z');
    expect(changesIn((await newest(ada)).mail.text)).to.have.length(1);
    expect(await historyOf(product, grace)).to.deep.equal(['REQUEST 0']);
    const [one, other] = [await placeOf(eventId, ada), await placeOf(eventId, grace)];
    expect(one!.toldVersion).to.equal(other!.toldVersion);
  });

  it('still says what changed to who had their links replaced in between', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    const { _id } = (await placeOf(eventId, ada))!;
    await revokeJoinLink(
      { kind: 'attendee', email: ada, signInId: 'a' },
      { registrationId: _id },
      product.deps,
    );
    await settle(product);
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1', 'REQUEST 2']);
    expect(changesIn((await newest(ada)).mail.text)).to.deep.equal(['Starts 09:00 instead of 09:30']);
  });

  it('tells only who came in between when the change is taken back', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    await settle(product);
    await takePlace(product, eventId, grace);
    await changeForm(product, eventId, { startTime: '09:30' });
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0']);
    expect(changesIn((await newest(grace)).mail.text)).to.deep.equal(['Starts 09:30 instead of 09:00']);
    expect((await placeOf(eventId, ada))!.toldVersion).to.equal((await placeOf(eventId, grace))!.toldVersion);
  });

  it('cancels and reinstates a session in the calendars of those who come', async () => {
    await moveSessionBy(product, eventId, heatId, 'cancel');
    await letGather(product);
    const cancelled = await newest(ada);
    expect(changesIn(cancelled.mail.text)).to.deep.equal(['“Heat networks” is cancelled']);
    expect(cancelled.invite.description.split('Agenda')[1]).not.to.include('Heat');
    await moveSessionBy(product, eventId, heatId, 'reinstate');
    await letGather(product);
    expect(changesIn((await newest(ada)).mail.text)).to.deep.equal([
      '“Heat networks” takes place after all, at 10:00',
    ]);
  });

  it('drops what waits when the event is cancelled: that is told instead', async () => {
    await changeForm(product, eventId, { startTime: '09:00' });
    await settle(product);
    await cancelEvent(system, { organiserId, eventId, reason: '' }, product.deps);
    await settle(product);
    expect(await waitingOf(eventId)).to.equal(null);
    await minutesPass(60);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'CANCEL 1']);
  });

  it('gathers nothing for a draft, nor for an event that is over', async () => {
    const draft = await planEvent(product, organiserId, { slug: 'draft', isDraft: true });
    await changeForm(product, draft.eventId, { startTime: '09:00' });
    await settle(product);
    expect(await waitingOf(draft.eventId)).to.equal(null);
    product.clock.set('2026-12-11T09:00:00Z');
    await changeForm(product, eventId, { title: 'What we learnt' });
    await settle(product);
    expect(await waitingOf(eventId)).to.equal(null);
    await minutesPass(30);
    expect(
      (await readMailbox(product.url)).filter(({ subject }) => subject.startsWith('Changed')),
    ).to.deep.equal([]);
  });

  it('plans one update for an event however often it is changed', async () => {
    await Promise.all(
      [1, 2, 3].map((index) =>
        planSession(product, eventId, { title: `Clinic ${index}`, startTime: '11:00', endTime: '11:30' }),
      ),
    );
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
    expect(changesIn((await newest(ada)).mail.text)).to.have.length(3);
    expect(await OutboxEntryModel.countDocuments({ kind: 'registration:event-updated' })).to.equal(1);
  });
});
