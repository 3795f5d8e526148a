import { expect } from 'chai';
import type { MemberRole } from '../../server/contracts/actor.ts';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { CampaignModel } from '../../server/campaigns/campaign.model.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { addMember } from '../../server/organisers/add-member.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { mailsTo } from '../support/mailbox.ts';
import { seedMember, signInMember, testSecret } from '../support/signing-in.ts';
import { ada, Desk, grace } from './writing.ts';

const system = { kind: 'system', name: 'test' } as const;
const onTheDay = '2026-12-24T09:00:00Z';
const subject = 'About today’s Learning & Development';

describe('the urgent message of the day', () => {
  let desk: Desk;
  beforeEach(async () => void (desk = await Desk.open()));
  afterEach(() => desk.product.close());

  const come = async (now: string) => {
    desk.product.clock.set(now);
    await desk.signInAgain();
  };
  const open = async () => {
    const html = await (await desk.owner.get(`${desk.messages}/urgent`)).text();
    const value = (name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1] ?? '';
    return { html, attempt: value('attempt'), subject: value('subject').replaceAll('&amp;', '&') };
  };
  const addRole = async (role: MemberRole) => {
    const { organiserId } = await getEvent(desk.event.id);
    const email = `${role}@council.example`;
    const { deps } = desk.product;
    await addMember(system, { organiserId, email, name: role, role, totpSecret: testSecret }, deps);
    return signInMember(desk.product, email);
  };

  it('takes two presses and reaches everyone at once, with the link that lets them in', async () => {
    await desk.take(ada);
    await desk.take(grace);
    await come(onTheDay);
    expect(await (await desk.owner.get(desk.messages)).text()).to.include(`href="${desk.messages}/urgent"`);
    const page = await open();
    expect(page.subject).to.equal(subject);
    expect(page.html).to.include('Send it to 2 people now');
    const fields = { attempt: page.attempt, subject: page.subject, message: 'We start at ten.' };
    const sent = await desk.owner.post(`${desk.messages}/urgent`, fields);
    expect(sent.headers.get('location')).to.include('done=urgent');
    expect(await desk.reached(subject)).to.have.members([ada, grace]);
    const [, mail] = await mailsTo(desk.product.url, ada, 2);
    expect(mail!.text)
      .to.include('We start at ten.')
      .and.match(/Join now: http\S+\/join\//);
    const mails = await OutboxEntryModel.find({ dedupeKey: /^mail campaign\./ }).lean();
    for (const { priority, payload } of mails) {
      expect(priority).to.equal(0);
      expect((payload as { purpose: string }).purpose).to.equal('service');
    }
    expect(await AuditEntryModel.countDocuments({ action: 'campaign:urgent-sent' })).to.equal(1);
  });

  it('is sent once by a double press, also when both arrive together', async () => {
    await desk.take(ada);
    await come(onTheDay);
    const { attempt } = await open();
    const press = () =>
      desk.owner.post(`${desk.messages}/urgent`, { attempt, subject, message: 'We start at ten.' });
    const answers = await Promise.all([press(), press(), press()]);
    await press();
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
    expect(await desk.reached(subject)).to.deep.equal([ada]);
    expect(await CampaignModel.countDocuments()).to.equal(1);
  });

  it('is for the day: not two days before, not after the end, not for nobody', async () => {
    await desk.take(ada);
    const attempt = crypto.randomUUID();
    const press = () => desk.owner.post(`${desk.messages}/urgent`, { attempt, subject, message: 'Now.' });
    const isRefused = async (now: string) => {
      expect((await press()).status, now).to.equal(409);
      expect((await desk.owner.get(`${desk.messages}/urgent`)).status, now).to.equal(409);
      expect(await (await desk.owner.get(desk.messages)).text()).not.to.include(`${desk.messages}/urgent`);
    };
    await come('2026-12-23T09:00:00Z');
    await isRefused('a minute too early');
    await come('2026-12-23T10:00:00Z');
    expect((await open()).subject).to.include('About tomorrow’s');
    await EventModel.updateOne({ _id: desk.event.id }, { status: 'cancelled' });
    await isRefused('cancelled');
    await EventModel.updateOne({ _id: desk.event.id }, { status: 'published' });
    await come('2026-12-24T16:15:00Z');
    await isRefused('over');
    expect(await CampaignModel.countDocuments()).to.equal(0);
  });

  it('keeps what was typed when the text is missing', async () => {
    await come(onTheDay);
    const fields = { attempt: crypto.randomUUID(), subject: 'Mine <b>', message: ' ' };
    const response = await desk.owner.post(`${desk.messages}/urgent`, fields);
    expect(response.status).to.equal(422);
    const html = await response.text();
    expect(html).to.include('Write what they need to know').and.include('value="Mine &lt;b>"');
    expect(html).to.include(`value="${fields.attempt}"`);
  });

  it('is a moderator’s job too, but not a viewer’s or another organiser’s; other messages are not a moderator’s', async () => {
    await desk.take(ada);
    desk.product.clock.set(onTheDay);
    const moderator = await addRole('moderator');
    const viewer = await addRole('viewer');
    await seedMember(desk.product, { email: 'oz@other.example', slug: 'other' });
    const other = await signInMember(desk.product, 'oz@other.example');
    const fields = { attempt: crypto.randomUUID(), subject, message: 'Now.' };
    expect((await viewer.post(`${desk.messages}/urgent`, fields)).status).to.equal(403);
    expect((await other.post(`${desk.messages}/urgent`, fields)).status).to.equal(404);
    expect((await moderator.get(`${desk.messages}/new`)).status).to.equal(403);
    expect((await moderator.post(`${desk.messages}/reminders`, {})).status).to.equal(403);
    expect((await moderator.post(`${desk.messages}/urgent`, fields)).status).to.equal(303);
    expect(await desk.reached(subject)).to.deep.equal([ada]);
  });
});

describe('the reminders of an event', () => {
  let desk: Desk;
  before(async () => void (desk = await Desk.open({ worker: false })));
  after(() => desk.product.close());

  it('are switched in the console, with a note of who did', async () => {
    const shown = await (await desk.owner.get(desk.messages)).text();
    expect(shown.match(/name="reminders"[^>]*checked/g)).to.have.length(5);
    expect(shown).to.include('A week before: Thursday 17 December 2026, 09:30 GMT');
    const save = (reminders: string[]) => desk.owner.post(`${desk.messages}/reminders`, { reminders });
    expect((await save(['day', 'thank-you'])).status).to.equal(303);
    expect((await getEvent(desk.event.id)).reminders).to.deep.equal(['day', 'thank-you']);
    expect((await save([])).status).to.equal(303);
    expect((await getEvent(desk.event.id)).reminders).to.deep.equal([]);
    const again = await (await desk.owner.get(desk.messages)).text();
    expect(again.match(/name="reminders"[^>]*checked/g)).to.equal(null);
    const entries = await AuditEntryModel.find({ action: 'event:reminders-set' }).lean();
    expect(entries).to.have.length(2);
    expect(entries[0]!.actor).to.include({ kind: 'member' });
  });

  it('are none but those that exist', async () => {
    const before = (await getEvent(desk.event.id)).reminders;
    const made = await desk.owner.post(`${desk.messages}/reminders`, { reminders: ['day', 'fortnight'] });
    expect(made.status).to.equal(422);
    expect((await getEvent(desk.event.id)).reminders).to.deep.equal(before);
  });
});
