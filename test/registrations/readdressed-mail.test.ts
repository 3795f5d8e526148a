import { expect } from 'chai';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { confirmEmailPath } from '../../server/registrations/sign-links.ts';
import { startWorker } from '../../server/worker.ts';
import { readInvite } from '../calendar-invites/read-invite.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { mailsTo, readMailbox } from '../support/mailbox.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { cancel, holderOf, openEvent, register, stored, type TestEvent } from './registering.ts';

describe('a place whose address changes faster than its mails are written', () => {
  let product: Product;
  let event: TestEvent;
  beforeEach(async () => {
    product = await openProduct({ worker: false });
    event = await openEvent(product);
  });
  afterEach(() => product.close());

  async function moveTo(email: string, next: string): Promise<void> {
    const { _id } = await stored(event, email);
    const holder = await holderOf(product, await stored(event, email));
    await holder.post(`/registrations/${_id}/change-email`, { email: next });
    const link = confirmEmailPath(await stored(event, email), product.deps) ?? '';
    await new BrowserSession(product.url).post(link, {});
  }

  /** Has everything written that waits; what is left failed. */
  async function writeAll(): Promise<void> {
    const worker = startWorker(product.deps);
    try {
      await until('every message tried', async () => {
        const open = await OutboxEntryModel.find({ state: 'waiting', lastError: null }, { dueAt: 1 }).lean();
        return open.every(({ dueAt }) => dueAt > product.clock.now());
      });
    } finally {
      await worker.stop();
    }
    const left = await OutboxEntryModel.find({ state: 'waiting', lane: 'product' }, { kind: 1 }).lean();
    expect(left.filter(({ kind }) => kind.startsWith('registration:')).map(({ kind }) => kind)).to.deep.equal(
      [],
    );
  }

  it('is confirmed to the last one, once, and withdrawn from those before', async () => {
    await register(product, event);
    await moveTo('ada@example.org', 'b@example.org');
    await moveTo('b@example.org', 'c@example.org');
    await writeAll();
    const { inviteUid } = await stored(event, 'c@example.org');
    const [confirmed, ...more] = await mailsTo(product.url, 'c@example.org', 1).then((mails) =>
      mails.filter(({ ics }) => ics !== null),
    );
    expect(more).to.deep.equal([]);
    expect(confirmed!.messageId).to.include(`confirmed.${inviteUid}@`);
    const withdrawn = (await readMailbox(product.url)).filter(({ messageId }) =>
      messageId.startsWith('<email-changed.'),
    );
    expect(withdrawn.map(({ to }) => to)).to.have.members(['ada@example.org', 'b@example.org']);
    expect(withdrawn.map((mail) => readInvite(mail.ics ?? '').method)).to.deep.equal(['CANCEL', 'CANCEL']);
  });

  it('is confirmed once to a colleague who took it, gave it up and took a place again', async () => {
    await register(product, event);
    const before = await stored(event);
    const holder = await holderOf(product, before);
    await holder.post(`/registrations/${before._id}/pass-on`, { name: 'Bo Lind', email: 'bo@example.org' });
    await cancel(product, await stored(event, 'bo@example.org'));
    await register(product, event, { email: 'bo@example.org', name: 'Bo Lind' });
    await writeAll();
    const { inviteUid } = await stored(event, 'bo@example.org');
    const confirmed = (await readMailbox(product.url)).filter(({ messageId }) =>
      messageId.startsWith(`<confirmed.${inviteUid}`),
    );
    expect(confirmed.map(({ to }) => to)).to.deep.equal(['bo@example.org']);
  });
});
