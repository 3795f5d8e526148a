import { expect } from 'chai';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { signInJobs } from '../../server/sign-ins/sign-in.jobs.ts';
import { startWorker } from '../../server/worker.ts';
import { addMail } from '../platform/outbox/delivering.ts';
import { mailsTo } from '../support/mailbox.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askForLink, whoIs } from '../support/signing-in.ts';
import { until } from '../support/until.ts';

describe('the sign-in mail', () => {
  let product: Product;
  afterEach(() => product.close());

  it('arrives with a link and a code that work, and with neither in the logs', async () => {
    product = await openProduct();
    const { browser, attempt } = await askForLink(product, 'ada@example.org');
    const [mail] = await mailsTo(product.url, 'ada@example.org', 1);
    const link = /http:\/\/\S+\/sign-in\/link\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? '';
    const code = /^(\d{3} ?\d{3})$/m.exec(mail?.text ?? '')?.[1] ?? '';
    expect(mail?.html).to.include(link).and.include(code);
    expect((await browser.get(link)).status).to.equal(200);
    const entered = await browser.post('/sign-in/code', { attempt, code });
    expect(entered.status, await entered.text()).to.equal(303);
    expect((await whoIs(product, browser)).actor).to.include({ email: 'ada@example.org' });
    const logs = product.logLines.join('');
    for (const secret of [link.slice(-43), code, code.replace(' ', ''), 'ada@example.org'])
      expect(logs).to.not.match(new RegExp(`\\b${secret}\\b`));
  });

  it('leaves ahead of what is urgent for everybody: the link of the last ten minutes', async () => {
    product = await openProduct({ worker: false });
    for (let index = 0; index < 150; index += 1) await addMail(product, `door.${index}`, { priority: 0 });
    await askForLink(product, 'ada@example.org');
    const sent: string[] = [];
    const { mailer } = product.deps;
    const send = (mail: { readonly to: { readonly address: string } }) => {
      sent.push(mail.to.address);
      return new Promise<void>((resolve) => setTimeout(resolve, 5));
    };
    const worker = startWorker({ ...product.deps, mailer: { ...mailer, send } });
    await until('every mail to be sent', () => sent.length === 151, 60_000);
    await worker.stop();
    expect(sent.indexOf('ada@example.org')).to.be.below(75);
  });

  it('leaves before ordinary mail, and not at all once its link has run out', async () => {
    product = await openProduct({ worker: false });
    await askForLink(product, 'ada@example.org');
    const entry = await OutboxEntryModel.findOne({ kind: 'sign-in:requested' }).lean();
    expect(entry?.priority).to.equal(-1);
    const payload = entry?.payload as { signInLinkId: string; sealed: string };
    const deliver = () =>
      signInJobs['sign-in:requested'](payload, {
        at: product.clock.now(),
        entryId: entry?._id ?? '',
        deps: product.deps,
      });
    await deliver();
    expect(await OutboxEntryModel.countDocuments({ kind: 'mail:ready', priority: -1 })).to.equal(1);
    await OutboxEntryModel.deleteMany({ kind: 'mail:ready' });
    product.clock.advance({ minutes: 10 });
    await deliver();
    expect(await OutboxEntryModel.countDocuments({ kind: 'mail:ready' })).to.equal(0);
  });
});
