import express from 'express';
import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import { mailboxRoutes } from '../../server/mailbox/mailbox.routes.tsx';
import { createCapturingMailer } from '../../server/platform/mail/capture-mail.ts';
import { listCapturedMails } from '../../server/platform/mail/captured-mail.ts';
import { ics, readyMailWith } from '../platform/mail/ready-mails.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { readMailbox } from '../support/mailbox.ts';
import { openProduct, type Product } from '../support/product.ts';

const html = '<!doctype html><html><head></head><body><a href="https://x.example/a">Join</a></body></html>';

describe('captured mail', () => {
  let product: Product;
  let browser: BrowserSession;
  before(async () => {
    product = await openProduct({ worker: false });
    browser = new BrowserSession(product.url);
    const { mailer } = product.deps;
    await mailer.send(readyMailWith({ messageId: 'first.1', html, text: 'Join: https://x.example/a.' }));
    await mailer.send(readyMailWith({ messageId: 'second.1', html, invite: { method: 'REQUEST', ics } }));
  });
  after(() => product.close());

  it('is listed, the newest first, as a page and as JSON', async () => {
    const page = await (await browser.get('/dev/mailbox')).text();
    expect(page.indexOf('/dev/mailbox/second.1')).to.be.within(1, page.indexOf('/dev/mailbox/first.1'));
    const mails = await readMailbox(product.url);
    expect(mails.map(({ id, to, subject, messageId }) => ({ id, to, subject, messageId }))).to.deep.equal(
      ['first.1', 'second.1'].map((id) => ({
        id,
        to: 'ada@example.org',
        subject: 'You’re in: Learning & Development',
        messageId: `<${id}@localhost>`,
      })),
    );
    expect(mails.map((mail) => mail.ics)).to.deep.equal([null, ics]);
  });

  it('shows a message in a frame that runs nothing, with its text, parts and links', async () => {
    const page = await (await browser.get('/dev/mailbox/first.1')).text();
    expect(page).to.include('sandbox="allow-popups').and.include('src="/dev/mailbox/first.1/html"');
    expect(page).to.include('href="https://x.example/a"').and.include('/dev/mailbox/first.1.eml');
    const frame = await browser.get('/dev/mailbox/first.1/html');
    expect(frame.headers.get('content-security-policy'))
      .to.include("default-src 'none'")
      .and.include("frame-ancestors 'self'")
      .and.include('sandbox')
      .and.not.include('script');
    expect(await frame.text()).to.include('<base target="_blank">');
    expect(await (await browser.get('/dev/mailbox/second.1/invite.ics')).text()).to.equal(ics);
    expect((await browser.get('/dev/mailbox/first.1/invite.ics')).status).to.equal(404);
  });

  it('gives the raw message as it would go over the wire', async () => {
    const response = await browser.get('/dev/mailbox/second.1.eml');
    expect(response.headers.get('content-type')).to.include('message/rfc822');
    const raw = await response.text();
    expect(raw.replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
    const parsed = await simpleParser(raw);
    expect(parsed.messageId).to.equal('<second.1@localhost>');
    expect(parsed.attachments.map(({ content }) => content.toString())).to.deep.equal([ics, ics]);
  });

  it('is kept once, however often it is delivered', async () => {
    await product.deps.mailer.send(readyMailWith({ messageId: 'first.1' }));
    const again = createCapturingMailer(product.deps.mailer.sender);
    await again.send(readyMailWith({ messageId: 'first.1' }));
    expect(await listCapturedMails(10)).to.have.length(2);
  });

  it('says plainly that there is no such message', async () => {
    for (const path of ['nothing', 'nothing.eml', 'nothing/html', '..%2f', '%00', '$ne'])
      expect((await browser.get(`/dev/mailbox/${path}`)).status, path).to.equal(404);
  });

  it('does not exist in production, nor where a mail server is set', async () => {
    const { deps } = product;
    for (const config of [
      { ...deps.config, isProduction: true },
      { ...deps.config, smtpUrl: 'smtp://127.0.0.1' },
    ]) {
      const server = express()
        .use(mailboxRoutes({ ...deps, config }))
        .listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : 0;
      for (const path of ['', '.json', '/first.1', '/first.1.eml', '/first.1/html'])
        expect((await fetch(`http://127.0.0.1:${port}/dev/mailbox${path}`)).status, path).to.equal(404);
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
