import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import { cancelEvent } from '../../server/events/cancel-event.ts';
import { confirmEmailPath } from '../../server/registrations/sign-links.ts';
import { readInvite } from '../calendar-invites/read-invite.ts';
import { letGather, settle } from '../calendar-invites/speaking.ts';
import { makeOrganiser, system } from '../catalogue/planned-event.ts';
import {
  changeForm,
  changesIn,
  moveSessionBy,
  placeOf,
  planUpdatedEvent,
  takePlace,
} from '../event-updates/updating.ts';
import { cancel, holderOf } from '../registrations/registering.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { openSmtpSink, type Arrival } from '../support/smtp-sink.ts';
import { rawParts } from '../support/raw-parts.ts';

const ada = 'ada@example.org';
const bo = 'bo@example.org';
const newAda = 'ada@new.example';
const from = 'events@plenary.example';

describe('the life of an invite, over a real mail server', function () {
  this.timeout(60_000);
  let product: Product;
  let sink: Awaited<ReturnType<typeof openSmtpSink>>;
  let organiserId: string;

  beforeEach(async () => {
    sink = await openSmtpSink({});
    product = await openProduct({
      environment: { SMTP_URL: sink.url, MAIL_FROM: from, MAIL_DOMAIN_RATE: '10000' },
    });
    organiserId = await makeOrganiser(product);
  });
  afterEach(async () => {
    await product.close();
    await sink.close();
  });

  /** One arrival with everything that must hold for each of them checked on its raw bytes. */
  const read = async ({ to, raw }: Arrival) => {
    const mail = await simpleParser(raw);
    const parts = rawParts(raw);
    const calendars = parts.filter(({ type }) => type === 'text/calendar');
    const files = parts.filter(({ type }) => type === 'application/ics');
    expect(calendars, 'one calendar among the ways to read it').to.have.length(1);
    expect(files, 'one to save').to.have.length(1);
    const [calendar] = calendars as [(typeof parts)[number]];
    expect(files[0]!.content.equals(calendar.content), 'both copies are the same bytes').to.equal(true);
    expect(calendar.disposition, 'Thunderbird hides its bar otherwise').to.equal(null);
    const ics = calendar.content.toString('utf8');
    const invite = readInvite(ics);
    expect(calendar.parameters.method?.toUpperCase()).to.equal(invite.method);
    expect(to).to.have.length(1);
    expect(invite.attendees.map(({ address }) => address)).to.deep.equal([`mailto:${to[0]}`]);
    expect(invite.organiser).to.equal(`mailto:${from}`);
    expect(mail.from?.value[0]?.address).to.equal(from);
    expect(ics).to.match(/\r\nDTSTAMP:\d{8}T\d{6}Z\r\n/);
    expect(ics).not.to.match(/TZID|VTIMEZONE/);
    const isCancel = invite.method === 'CANCEL';
    expect(invite.status).to.equal(isCancel ? 'CANCELLED' : 'CONFIRMED');
    expect(invite.alarms).to.have.length(isCancel ? 0 : 1);
    return { ...invite, subject: mail.subject ?? '', text: mail.text ?? '', messageId: mail.messageId };
  };
  const arrivals = async (address: string) => {
    await settle(product);
    const found = sink.arrivals.filter(
      ({ to, raw }) => to.includes(address) && raw.includes('text/calendar'),
    );
    return Promise.all(found.map(read));
  };
  const history = async (address: string) =>
    (await arrivals(address)).map(({ method, sequence }) => `${method} ${sequence}`);
  const minutesPass = async (minutes: number) => {
    await settle(product);
    product.clock.advance({ minutes });
    await letGather(product);
  };

  it('is register, move, rename, lose a session, be cancelled: one entry, each message newer than the last', async () => {
    const { eventId, heatId } = await planUpdatedEvent(product, organiserId);
    await takePlace(product, eventId, ada);
    await changeForm(product, eventId, { date: '2026-12-11', startTime: '09:00' });
    await minutesPass(7);
    await changeForm(product, eventId, { title: 'Warmer Homes' });
    await minutesPass(7);
    await moveSessionBy(product, eventId, heatId, 'cancel');
    await minutesPass(7);
    await cancelEvent(system, { organiserId, eventId, reason: 'No heating.' }, product.deps);
    await minutesPass(7);

    const life = await arrivals(ada);
    expect(life.map(({ method, sequence }) => `${method} ${sequence}`)).to.deep.equal([
      'REQUEST 0',
      'REQUEST 1',
      'REQUEST 2',
      'REQUEST 3',
      'CANCEL 4',
    ]);
    expect(new Set(life.map(({ uid }) => uid))).to.deep.equal(
      new Set([(await placeOf(eventId, ada))!.inviteUid]),
    );
    const stamps = life.map(({ stamp }) => stamp);
    expect(new Set(stamps).size, 'each has a time of its own').to.equal(5);
    expect([...stamps].sort()).to.deep.equal(stamps);
    expect(life.map(({ start }) => start)).to.deep.equal([
      '2026-12-10T09:30:00Z',
      ...Array<string>(4).fill('2026-12-11T09:00:00Z'),
    ]);
    expect(life.map(({ title }) => title)).to.deep.equal([
      ...Array<string>(2).fill('Warm Homes'),
      ...Array<string>(3).fill('Warmer Homes'),
    ]);
    expect(new Set(life.map(({ messageId }) => messageId)).size).to.equal(5);
    expect(life.map(({ text }) => changesIn(text)).slice(1, 4)).to.deep.equal([
      ['On Friday 11 December instead of Thursday 10 December', 'Starts 09:00 instead of 09:30'],
      ['Now called “Warmer Homes”, before “Warm Homes”'],
      ['“Heat networks” is cancelled'],
    ]);
    expect(life[4]!.text).to.include('No heating.');
  });

  it('ends when the place is given up, and begins anew when it is taken again', async () => {
    const { eventId } = await planUpdatedEvent(product, organiserId);
    await takePlace(product, eventId, ada);
    await changeForm(product, eventId, { startTime: '09:00' });
    await minutesPass(7);
    await cancel(product, (await placeOf(eventId, ada))!);
    await minutesPass(7);
    await takePlace(product, eventId, ada);
    await changeForm(product, eventId, { startTime: '08:30' });
    await minutesPass(7);
    const life = await arrivals(ada);
    expect(await history(ada)).to.deep.equal([
      'REQUEST 0',
      'REQUEST 1',
      'CANCEL 2',
      'REQUEST 0',
      'REQUEST 1',
    ]);
    const uids = life.map(({ uid }) => uid);
    expect(new Set(uids.slice(0, 3)).size).to.equal(1);
    expect(new Set(uids.slice(3)).size).to.equal(1);
    expect(uids[3]).not.to.equal(uids[0]);
    expect(changesIn(life[4]!.text)).to.deep.equal(['Starts 08:30 instead of 09:00']);
  });

  it('leaves the old address and comes to the new one when somebody changes theirs', async () => {
    const { eventId } = await planUpdatedEvent(product, organiserId);
    await takePlace(product, eventId, ada);
    const place = (await placeOf(eventId, ada))!;
    const holder = await holderOf(product, place);
    await holder.post(`/registrations/${place._id}/change-email`, { email: newAda });
    const link = confirmEmailPath((await placeOf(eventId, ada))!, product.deps) ?? '';
    await new BrowserSession(product.url).post(link, {});
    await changeForm(product, eventId, { startTime: '09:00' });
    await minutesPass(7);
    expect(await history(ada)).to.deep.equal(['REQUEST 0', 'CANCEL 1']);
    expect(await history(newAda)).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
    const [old, moved] = [await arrivals(ada), await arrivals(newAda)];
    expect(old[1]!.uid).to.equal(old[0]!.uid);
    expect(moved[0]!.uid).not.to.equal(old[0]!.uid);
    expect(moved[1]!.uid).to.equal(moved[0]!.uid);
  });

  it('goes with a place that is passed on', async () => {
    const { eventId } = await planUpdatedEvent(product, organiserId);
    await takePlace(product, eventId, ada);
    await changeForm(product, eventId, { startTime: '09:00' });
    await settle(product);
    const place = (await placeOf(eventId, ada))!;
    const holder = await holderOf(product, place);
    await holder.post(`/registrations/${place._id}/pass-on`, { name: 'Bo Lind', email: bo });
    await minutesPass(7);
    expect(await history(ada), 'no update for who has no place').to.deep.equal(['REQUEST 0', 'CANCEL 1']);
    expect(await history(bo), 'who came after the edit knows it').to.deep.equal(['REQUEST 0']);
    const [invite] = await arrivals(bo);
    expect(invite).to.include({ start: '2026-12-10T09:00:00Z' });
    expect(invite!.uid).not.to.equal(place.inviteUid);
  });
});
