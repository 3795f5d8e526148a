import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { readMailbox } from '../support/mailbox.ts';
import { spawnProduct, type SpawnedProduct } from '../support/spawned-product.ts';
import { until } from '../support/until.ts';

describe('without any script, in a browser', function () {
  this.timeout(120_000);
  let folder: string;
  let product: SpawnedProduct;
  let browser: Browser;
  let page: Page;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plenary-journey-'));
    product = await spawnProduct({ dataDirectory: join(folder, 'data'), environment: { SEED_DEMO: 'true' } });
    browser = await openBrowser();
    page = await (await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' })).newPage();
  });
  after(async () => {
    await browser.close();
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const mailTo = (address: string, subject: RegExp) =>
    until(`a mail about ${subject}`, async () =>
      (await readMailbox(product.url)).find(
        (mail) => mail.to.includes(address) && subject.test(mail.subject),
      ),
    );
  const linkIn = (text: string, path: RegExp): string => {
    const url = new RegExp(`${product.url}${path.source}`).exec(text)?.[0];
    if (!url) throw new Error(`No link like ${path.source} in the mail:\n${text}`);
    return url;
  };

  it('somebody finds the event that is on, registers, joins from the mail, sees the session, and cancels', async () => {
    // Find it.
    await page.goto(product.url);
    await page
      .locator('main')
      .getByRole('link', { name: /live|watch|join/i })
      .first()
      .click();
    if (!/\/events\/[a-z0-9-]+$/.test(page.url()))
      await page.goto(page.url().replace(/\/(live|register).*$/, ''));
    const title = await page.locator('h1').innerText();
    await page
      .getByRole('link', { name: /^register/i })
      .first()
      .click();

    // A mistake first: everything typed is kept and the summary leads to the field.
    await page.getByLabel(/name/i).first().fill('Siân Ó Briain-Llewelyn');
    await page.getByLabel(/email/i).first().fill('sian.example');
    await page.getByRole('button', { name: /^register/i }).click();
    await page.locator('[class*=error-summary] a').first().click();
    expect(page.url()).to.include('#');
    expect(await page.getByLabel(/name/i).first().inputValue()).to.equal('Siân Ó Briain-Llewelyn');

    await fillRest(page);
    await page.getByLabel(/email/i).first().fill('sian@glan-menai.example');
    await page.getByRole('button', { name: /^register/i }).click();
    expect(await page.locator('h1').innerText()).to.match(/you.re in/i);

    // Read the mail; open its join link, which changes nothing until the button is pressed.
    const mail = await mailTo('sian@glan-menai.example', /you.re in/i);
    expect(mail.ics).to.include('METHOD:REQUEST').and.to.include('BEGIN:VEVENT');
    await page.goto(linkIn(mail.text, /\/join\/[\w.-]+/));
    await page.getByRole('button').last().click();
    expect(page.url()).to.match(/\/events\/[a-z0-9-]+\/live/);
    expect(await page.title()).to.include(title);
    expect(await page.locator('main').innerText()).to.match(/live/i);

    // Cancel from the mail's other link.
    await page.goto(linkIn(mail.text, /\/registrations\/[\w-]+\/open\/[\w-]+/));
    await page.getByRole('button').last().click();
    await page
      .getByRole('link', { name: /cancel/i })
      .first()
      .click();
    await page.getByRole('button', { name: /cancel/i }).click();
    expect(await page.locator('main').innerText()).to.match(/cancelled/i);
    const farewell = await mailTo('sian@glan-menai.example', /cancel/i);
    expect(farewell.ics).to.include('METHOD:CANCEL');

    // The place is gone: the join link no longer opens the room.
    await page.goto(linkIn(mail.text, /\/join\/[\w.-]+/));
    expect(await page.locator('main').innerText()).to.match(/no longer|cancelled|not open|does not work/i);
  });
});

/** Whatever the event asks besides name and address: first choices and some text. */
async function fillRest(page: Page): Promise<void> {
  for (const field of await page.locator('form input[type=text]:not([name=name]), form textarea').all()) {
    if ((await field.inputValue()) === '') await field.fill('Cyngor Glan Menai');
  }
  const groups = new Set<string>();
  for (const radio of await page.locator('form input[type=radio]').all()) {
    const name = (await radio.getAttribute('name')) ?? '';
    if (groups.has(name)) continue;
    groups.add(name);
    await radio.check();
  }
}
