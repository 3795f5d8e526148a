import { expect } from 'chai';
import { registrationConfirmed } from '../../emails/registration-confirmed.tsx';
import { fillFrame } from '../../server/platform/mail/mail-frame.ts';
import { getFrame, StoredFrameModel } from '../../server/platform/mail/stored-frame.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { showDate } from '../../server/platform/time/show-time.ts';
import {
  confirmation,
  confirmationBatchJobs,
  confirmationJobs,
  confirmationProps,
} from '../../server/registrations/confirmation.jobs.ts';
import { readMailMatter } from '../../server/registrations/read-mail-matter.ts';
import { referenceOf } from '../../server/registrations/registration-mail.rules.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import {
  getRegistrationForMail,
  type RegistrationForMail,
} from '../../server/registrations/registration.queries.ts';
import { joinPath, managePath } from '../../server/registrations/sign-links.ts';
import type { OutboxPayload } from '../../server/contracts/outbox-messages.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { openProduct, type Product } from '../support/product.ts';
import { openEvent, register, stored, type TestEvent } from './registering.ts';

type Mail = OutboxPayload<'mail:ready'>;

describe('confirmations written many at a time', () => {
  let product: Product;
  let event: TestEvent;
  before(async () => {
    product = await openProduct({ worker: false });
    event = await openEvent(product, { capacity: null, title: 'Dysgu "a" <Datblygu> & \\ , ; Ŵyl' });
    const startsAt = new Date('2026-12-24T10:00:00Z');
    await SessionModel.create(
      hostileTexts.map((title, index) => ({
        _id: `session-${index}`,
        eventId: event.id,
        organiserId: event.organiserId,
        title: title.trim() || 'Untitled',
        kind: 'panel' as const,
        ...{ startsAtLocal: '2026-12-24T10:00', endsAtLocal: '2026-12-24T10:30' },
        ...{ startsAt, endsAt: new Date(startsAt.getTime() + 1_800_000) },
        createdAt: startsAt,
      })),
    );
  });
  after(() => product.close());
  afterEach(() => OutboxEntryModel.deleteMany({}));

  const context = () => ({ at: product.clock.now(), entryId: 'a', deps: product.deps });
  const confirmed = async (name: string) => {
    const email = `${crypto.randomUUID().slice(0, 8)}@example.org`;
    await register(product, event, { email });
    const { _id } = await stored(event, email);
    await RegistrationModel.updateOne({ _id }, { $set: { name, inviteSequence: name.length } });
    return getRegistrationForMail(_id);
  };
  const mailsStored = async () => {
    const entries = await OutboxEntryModel.find({ kind: 'mail:ready' }).sort({ order: 1 }).lean();
    return entries.map(({ payload }) => payload as Mail);
  };

  it('say, byte for byte, what a mail rendered for each would say', async () => {
    const places: RegistrationForMail[] = [];
    for (const name of [...hostileTexts, 'Ada Byron', 'x'.repeat(300), 'Siân â’r Fôn '.repeat(20)])
      places.push(await confirmed(name));
    const at = product.clock.now();
    await product.deps.transaction(() =>
      confirmationBatchJobs['registration:confirmed'](
        places.map(({ _id, inviteUid }) => ({ registrationId: _id, inviteUid })),
        context(),
      ),
    );
    const mails = await mailsStored();
    expect(mails).to.have.length(places.length);
    for (const [index, place] of places.entries()) {
      const matter = await readMailMatter(event.id, at, product.deps);
      const own = {
        name: place.name,
        joinPath: joinPath(place, product.deps).slice(1),
        managePath: managePath(place, product.deps).slice(1),
        reference: referenceOf(place._id),
        registeredOn: showDate(place.confirmedAt!, matter.zone),
      };
      const plain = registrationConfirmed(confirmationProps(matter, null, own));
      const holder = { name: place.name, address: place.email };
      const { ics } = matter.invite(
        holder,
        place.inviteUid,
        place.inviteSequence,
        `${matter.site.url}/${own.joinPath}`,
      );
      const { frame, subject, html } = mails[index]!;
      const filled = fillFrame(await getFrame(frame!.id), frame!.values);
      expect(filled).to.deep.equal({ html: plain.html, text: plain.text, ics });
      expect({ subject, html }).to.deep.equal({ subject: plain.subject, html: '' });
      // The one that is written out is the same mail.
      const whole = confirmation(place, matter, null, context());
      expect([whole.html, whole.text, whole.invite?.ics]).to.deep.equal([plain.html, plain.text, ics]);
    }
    expect(await StoredFrameModel.countDocuments({})).to.equal(1);
  }).timeout(60_000);

  it('name the place they are about, and note what their invites tell', async () => {
    const place = await confirmed('Ada');
    await product.deps.transaction(() =>
      confirmationJobs['registration:confirmed'](
        { registrationId: place._id, inviteUid: place.inviteUid },
        context(),
      ),
    );
    const [mail] = await mailsStored();
    expect(mail!.about).to.deep.equal({
      organiserId: event.organiserId,
      eventId: event.id,
      registrationId: place._id,
    });
    expect(mail!.condition).to.deep.equal({
      kind: 'registration',
      registrationId: place._id,
      inviteUid: place.inviteUid,
    });
  });

  it('leave out who has no place any more, and tell the others', async () => {
    const [gone, here] = [await confirmed('Gone'), await confirmed('Here')];
    await RegistrationModel.updateOne({ _id: gone._id }, { $set: { status: 'cancelled' } });
    await product.deps.transaction(() =>
      confirmationBatchJobs['registration:confirmed'](
        [gone, here].map(({ _id, inviteUid }) => ({ registrationId: _id, inviteUid })),
        context(),
      ),
    );
    expect((await mailsStored()).map(({ to }) => to.name)).to.deep.equal(['Here']);
  });
});
