import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { campaignJobs } from '../../server/campaigns/campaign.jobs.ts';
import { CampaignModel } from '../../server/campaigns/campaign.model.ts';
import { findCampaignObstacle } from '../../server/campaigns/campaign.queries.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { suppressAddress } from '../../server/suppressions/suppress-address.ts';
import { findRecipientObstacle } from '../../server/suppressions/suppression.queries.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { mailsTo, readMailbox } from '../support/mailbox.ts';
import { seedMember, signInMember } from '../support/signing-in.ts';
import { cancel, openEvent, register, stored } from '../registrations/registering.ts';
import { ada, Desk, grace } from './writing.ts';

const afterEnd = '2026-12-24T16:20:00Z';
const news = { segment: 'consented', consent: 'news' };
const system = { kind: 'system', name: 'test' } as const;

describe('messages of an organiser', () => {
  let desk: Desk;
  beforeEach(async () => void (desk = await Desk.open()));
  afterEach(() => desk.product.close());

  const readyMailTo = async (email: string) =>
    (await OutboxEntryModel.findOne({ dedupeKey: /^mail campaign\./, 'payload.to.address': email }).lean())
      ?.payload as Record<string, unknown> | undefined;

  describe('go to', () => {
    it('everyone who has a place, once, under a Message-ID of their own', async () => {
      await desk.take(ada);
      await desk.take(grace);
      await desk.take('gone@example.org');
      await cancel(desk.product, await stored(desk.event, 'gone@example.org'));
      const path = await desk.write();
      expect(await (await desk.owner.get(path)).text()).to.include('Send it to 2 people');
      expect((await desk.send(path)).headers.get('location')).to.include('done=sending');
      expect(await desk.reached()).to.have.members([ada, grace]);
      const [, mail] = await mailsTo(desk.product.url, ada, 2);
      const campaign = await desk.campaign(path);
      const { _id } = await stored(desk.event);
      expect(mail!.messageId).to.equal(`<campaign.${campaign._id}.${_id}@localhost>`);
      expect(mail!.text).to.include('Hello Ada Byron').and.include('Bring figures.');
      expect(mail!.html).to.include('<strong>figures</strong>');
      const html = await (await desk.owner.get(desk.messages)).text();
      expect(html).to.include('2 sent').and.include('>Sent<');
    });

    it('who came, and who did not, once it is over', async () => {
      await desk.take(ada);
      await desk.take(grace);
      await desk.enter(ada);
      const early = await desk.write({ segment: 'did-not-attend' });
      expect((await desk.send(early)).status).to.equal(409);
      desk.product.clock.set(afterEnd);
      await desk.signInAgain();
      const press = (path: string) => desk.owner.post(`${path}/send`, { count: '1', revision: '1' });
      const [came, missed] = [
        await desk.write({ segment: 'attended', subject: 'You came' }),
        await desk.write({ segment: 'did-not-attend', subject: 'You were missed' }),
      ];
      expect((await press(came)).status).to.equal(303);
      expect((await press(missed)).status).to.equal(303);
      expect(await desk.reached('You came')).to.deep.equal([ada]);
      expect(await desk.reached('You were missed')).to.deep.equal([grace]);
    });

    it('who consents to that purpose now: not who never did, withdrew, unsubscribed or cannot be reached', async () => {
      const yes = { 'consent-news': 'yes' };
      const [withdrew, unsubscribed, bounced] = ['w@a.example', 'u@b.example', 'b@c.example'];
      for (const email of [ada, withdrew, unsubscribed, bounced]) await desk.take(email, yes);
      await desk.take(grace);
      const row = {
        consentId: 'news',
        wording: 'w',
        version: 3,
        at: new Date(),
        source: 'registration-page',
      };
      await RegistrationModel.updateOne(
        { email: withdrew },
        { $push: { consents: { ...row, isGiven: false } } },
      );
      const { organiserId } = await stored(desk.event);
      const { deps } = desk.product;
      const stop = (kind: 'unsubscribed' | 'undeliverable', email: string, whose: string) =>
        suppressAddress(system, { kind, email, organiserId: whose, detail: '' }, deps);
      await stop('unsubscribed', unsubscribed, organiserId);
      await stop('undeliverable', bounced, '');
      await stop('unsubscribed', ada, 'somebody else');
      const path = await desk.write(news);
      expect((await desk.seen(path)).count).to.equal('3');
      await desk.send(path);
      expect(await desk.reached()).to.deep.equal([ada]);
      const html = await (await desk.owner.get(path)).text();
      expect(html).to.include('1 sent, 2 left out');
    });

    it('nobody who withdrew, cancelled or unsubscribed while the mail waited', async () => {
      await desk.product.close();
      desk = await Desk.open({ worker: false });
      const { deps } = desk.product;
      await register(desk.product, desk.event, { email: ada, 'consent-news': 'yes' });
      const registration = await stored(desk.event);
      const path = await desk.write(news);
      await desk.send(path);
      const campaignId = (await desk.campaign(path))._id;
      const context = { at: deps.clock.now(), entryId: '1', deps };
      await deps.transaction(() => campaignJobs['campaign:due']({ campaignId }, context));
      await deps.transaction(async () => {
        await campaignJobs['campaign:addressed']({ campaignId, registrationId: registration._id }, context);
      });
      const mail = (await readyMailTo(ada))! as unknown as Parameters<typeof findRecipientObstacle>[0];
      const condition = { campaignId, registrationId: registration._id };
      expect(await findCampaignObstacle(condition)).to.equal(null);
      expect(await findRecipientObstacle(mail)).to.equal(null);
      const { organiserId } = registration;
      await suppressAddress(system, { kind: 'unsubscribed', email: ada, organiserId, detail: '' }, deps);
      expect(await findRecipientObstacle(mail)).to.equal('unsubscribed');
      await RegistrationModel.updateOne({ email: ada }, { consents: [] });
      expect(await findCampaignObstacle(condition)).to.equal('unsubscribed');
      await CampaignModel.updateOne({ _id: campaignId }, { segment: 'registered', consentId: null });
      await RegistrationModel.updateOne({ email: ada }, { status: 'cancelled' });
      expect(await findCampaignObstacle(condition)).to.equal('place-ended');
      await desk.owner.post(`${path}/stop`, {});
      expect(await findCampaignObstacle(condition)).to.equal('stopped');
    });
  });

  it('carry the way to unsubscribe, in the mail and for the mail program, when they are marketing and only then', async () => {
    await desk.take(ada, { 'consent-news': 'yes' });
    await desk.send(await desk.write({ ...news, subject: 'News' }));
    await desk.send(await desk.write({ subject: 'About your place' }));
    expect(await desk.reached('News')).to.deep.equal([ada]);
    expect(await desk.reached('About your place')).to.deep.equal([ada]);
    const mails = await readMailbox(desk.product.url);
    const raw = async (subject: string) => {
      const { id } = mails.find((mail) => mail.subject === subject)!;
      return (await fetch(`${desk.product.url}/dev/mailbox/${id}.eml`)).text();
    };
    const [marketing, service] = [await raw('News'), await raw('About your place')];
    expect(marketing).to.match(/^List-Unsubscribe: <http/im);
    expect(marketing).to.match(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/im);
    expect(service).not.to.match(/List-Unsubscribe/i);
    const text = (subject: string) => mails.find((mail) => mail.subject === subject)!.text;
    const link = /http\S+\/unsubscribe\/\S+/.exec(text('News'))?.[0] ?? '';
    expect(text('About your place')).not.to.include('/unsubscribe/');
    const pressed = await fetch(link, { method: 'POST', body: 'List-Unsubscribe=One-Click' });
    expect(pressed.status).to.equal(200);
    await desk.send(await desk.write({ ...news, subject: 'More news' }));
    expect(await desk.reached('More news')).to.deep.equal([]);
  });

  describe('are sent', () => {
    it('only to as many as its sender was shown', async () => {
      await desk.take(ada);
      const path = await desk.write();
      const seen = await desk.seen(path);
      await desk.take(grace);
      const refused = await desk.owner.post(`${path}/send`, seen);
      expect(refused.status).to.equal(409);
      const html = await refused.text();
      expect(html).to.include('It goes to 2 people now').and.include('Send it to 2 people');
      expect((await desk.campaign(path)).state).to.equal('draft');
      expect(await desk.reached()).to.deep.equal([]);
    });

    it('once, however often and by however many the button is pressed', async () => {
      await desk.take(ada);
      const path = await desk.write();
      const seen = await desk.seen(path);
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => desk.owner.post(`${path}/send`, seen)),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303, 303, 303]);
      await desk.owner.post(`${path}/send`, seen);
      expect(await desk.reached()).to.deep.equal([ada]);
      const actions = await AuditEntryModel.find({ 'subject.noun': 'campaign' }).lean();
      expect(actions.map(({ action }) => action)).to.have.members(['campaign:created', 'campaign:sent']);
    });

    it('to nobody while nobody is in the group, nor by a page that is out of date', async () => {
      const path = await desk.write();
      expect((await desk.owner.post(`${path}/send`, { count: '0', revision: '1' })).status).to.equal(409);
      await desk.take(ada);
      const seen = await desk.seen(path);
      const content = { segment: 'registered', subject: 'Changed', message: 'Other words.' };
      await desk.owner.post(`${path}/edit`, { ...content, revision: seen.revision });
      const stale = await desk.owner.post(`${path}/send`, seen);
      expect(stale.status).to.equal(409);
      expect(await stale.text()).to.include('Somebody changed this message meanwhile');
      expect((await desk.owner.post(`${path}/send`, { count: 'x' })).status).to.equal(400);
      expect(await desk.reached('Changed')).to.deep.equal([]);
    });
  });

  it('stop midway: what has not left does not leave, and the page says so', async () => {
    await desk.product.close();
    desk = await Desk.open({ worker: false });
    for (const email of [ada, grace]) await register(desk.product, desk.event, { email });
    const path = await desk.write();
    await desk.send(path);
    expect(await (await desk.owner.get(path)).text()).to.include('Stop sending');
    expect((await desk.owner.post(`${path}/stop`, {})).headers.get('location')).to.include('done=stopped');
    expect((await desk.owner.post(`${path}/stop`, {})).headers.get('location')).to.equal(path);
    const { deps } = desk.product;
    const campaignId = (await desk.campaign(path))._id;
    const context = { at: deps.clock.now(), entryId: '1', deps };
    await deps.transaction(() => campaignJobs['campaign:due']({ campaignId }, context));
    const { _id: registrationId } = await stored(desk.event);
    await deps.transaction(() => campaignJobs['campaign:addressed']({ campaignId, registrationId }, context));
    expect(
      await OutboxEntryModel.countDocuments({ dedupeKey: /^(mail campaign|campaign:addressed)/ }),
    ).to.equal(0);
    expect((await desk.campaign(path)).state).to.equal('stopped');
    expect(await AuditEntryModel.countDocuments({ action: 'campaign:stopped' })).to.equal(1);
  });

  it('are tried on their writer alone, without being sent', async () => {
    await desk.take(ada);
    const path = await desk.write();
    const answer = await desk.owner.postAndFollow(`${path}/test`, {});
    expect(await answer.text()).to.include('A test is on its way to your own address');
    expect(await desk.reached('Test: What to bring')).to.deep.equal(['olivia@council.example']);
    expect((await desk.campaign(path)).state).to.equal('draft');
    expect(await desk.reached()).to.deep.equal([]);
  });

  it('are shown as they will be, in a frame in which nothing runs', async () => {
    const path = await desk.write({
      message: '[Look](javascript:alert(1)) <script>alert(1)</script> [ok](https://a.example)',
    });
    const page = await desk.owner.get(`${path}/html`);
    expect(page.headers.get('content-security-policy'))
      .to.include("default-src 'none'")
      .and.include('sandbox');
    const html = await page.text();
    expect(html).to.include('&lt;script>').and.include('href="https://a.example"');
    expect(html).not.to.match(/<script|href="javascript/);
    const shown = await (await desk.owner.get(path)).text();
    expect(shown).to.include(`src="${path}/html"`).and.include('ok (https://a.example)');
  });

  it('keep hostile words as words: no header, no recipient and no markup comes of them', async () => {
    await desk.take(ada);
    for (const hostile of hostileTexts.filter((text) => [...text].length < 150)) {
      const path = await desk.write({ subject: `S ${hostile}`, message: `M ${hostile}` });
      await desk.send(path);
    }
    await desk.settled();
    const mails = await readMailbox(desk.product.url);
    const sent = mails.filter(({ subject }) => subject.startsWith('S '));
    expect(sent).to.have.length(hostileTexts.filter((text) => [...text].length < 150).length);
    for (const { id, to, html } of sent) {
      expect(to).to.equal(ada);
      expect(html).not.to.match(/<(script|img)\b/);
      const raw = await (await fetch(`${desk.product.url}/dev/mailbox/${id}.eml`)).text();
      const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
      expect(head).not.to.match(/^(bcc|attendee|begin)\b/im);
      expect(head.match(/^to:/gim)).to.have.length(1);
    }
  });

  it('come back with what was typed when something is missing', async () => {
    const fields = {
      attempt: crypto.randomUUID(),
      segment: 'registered',
      subject: 'My <b>subject',
      message: '',
    };
    const response = await desk.owner.post(desk.messages, fields);
    expect(response.status).to.equal(422);
    const html = await response.text();
    expect(html).to.include('Write what you want to say').and.include('value="My &lt;b>subject"');
    const made = { ...fields, message: 'Hello', segment: 'consented', consent: 'made-up' };
    expect((await desk.owner.post(desk.messages, made)).status).to.equal(422);
    const empty = { ...fields, message: 'Hello', segment: 'consented', consent: '' };
    expect(await (await desk.owner.post(desk.messages, empty)).text()).to.include(
      'Choose what they consented to',
    );
    expect((await desk.owner.post(desk.messages, { ...fields, segment: 'all' })).status).to.equal(422);
    expect((await desk.owner.post(desk.messages, { ...fields, state: 'sending' })).status).to.equal(422);
    expect(await CampaignModel.countDocuments()).to.equal(0);
  });

  it('are written once by one form, and tell a stale one what stands now', async () => {
    const attempt = crypto.randomUUID();
    const paths = [await desk.write({ attempt }), await desk.write({ attempt })];
    expect(paths[0]).to.equal(paths[1]);
    expect(await CampaignModel.countDocuments()).to.equal(1);
    const edit = (fields: Record<string, string>) =>
      desk.owner.post(`${paths[0]}/edit`, { segment: 'registered', message: 'Words', ...fields });
    expect((await edit({ subject: 'Theirs', revision: '1' })).status).to.equal(303);
    const stale = await edit({ subject: 'Mine', revision: '1' });
    expect(stale.status).to.equal(409);
    expect(await stale.text())
      .to.include('it is called “Theirs” now')
      .and.include('value="Mine"');
    await desk.take(ada);
    await desk.send(paths[0]!);
    expect((await edit({ subject: 'Too late', revision: '3' })).status).to.equal(409);
    expect((await desk.campaign(paths[0]!)).subject).to.equal('Theirs');
  });

  it('are nobody’s else: strangers, attendees and other organisers find nothing', async () => {
    await desk.take(ada);
    const path = await desk.write();
    await seedMember(desk.product, { email: 'oz@other.example', slug: 'other' });
    const other = await signInMember(desk.product, 'oz@other.example');
    const own = await openEvent(desk.product, {
      organiserId: (await EventModel.findOne().lean())!.organiserId,
    });
    const seen = await desk.seen(path);
    for (const [method, at] of [
      ['get', desk.messages],
      ['get', path],
      ['get', `${path}/html`],
      ['get', `${path}/edit`],
      ['post', `${path}/send`],
      ['post', `${path}/stop`],
      ['post', `${path}/test`],
      ['post', `${desk.messages}/reminders`],
    ] as const) {
      const response = await (method === 'get' ? other.get(at) : other.post(at, seen));
      expect(response.status, at).to.equal(404);
      const stranger = await (method === 'get'
        ? new BrowserSession(desk.product.url).get(at)
        : new BrowserSession(desk.product.url).post(at, seen));
      expect([303, 401], at).to.include(stranger.status);
    }
    // Under another event of the same organiser it is not there either.
    const id = path.split('/').at(-1);
    expect((await desk.owner.get(`/console/events/${own.id}/messages/${id}`)).status).to.equal(404);
    expect((await desk.campaign(path)).state).to.equal('draft');
  });
});
