import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { mailsTo, readMailbox } from '../support/mailbox.ts';
import { spawnProduct, type SpawnedProduct } from '../support/spawned-product.ts';
import { until } from '../support/until.ts';

const organiser = 'organiser@pse365.example';
const attendee = 'ines@glan-menai.example';

describe('an organiser runs an event from the first form to calling it off, without script', function () {
  this.timeout(60_000);
  let folder: string;
  let product: SpawnedProduct;
  let browser: Browser;
  let page: Page;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plenary-organiser-'));
    product = await spawnProduct({ dataDirectory: join(folder, 'data'), environment: { SEED_DEMO: 'true' } });
    browser = await openBrowser();
    page = await open();
  });
  after(async () => {
    await browser.close();
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (): Promise<Page> => {
    const page = await (await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' })).newPage();
    page.setDefaultTimeout(10_000);
    return page;
  };
  const heading = () => page.locator('h1').innerText();
  const notice = () => page.locator('.notice').first().innerText();
  const problems = () => page.locator('.error-summary').innerText();
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const inRail = (name: string) => page.getByLabel('Console').getByRole('link', { name }).click();
  const fill = async (fields: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  };

  it('signs in by the mailed link and the code that the demo names', async () => {
    await page.goto(`${product.url}/sign-in?next=%2Fconsole`);
    await page.getByLabel('Email').fill(organiser);
    await press('Email me a link');
    const [mail] = await mailsTo(product.url, organiser, 1);
    await page.goto(/http:\/\/\S+\/sign-in\/link\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? '');
    await press('Sign in');
    const secret = /secret ([A-Z2-7]{32})/.exec(product.output())?.[1] ?? '';
    await page.locator('[name=code]').fill(TOTP.generate({ secret: Secret.fromBase32(secret) }));
    await page.locator('main form button[type=submit]').first().click();
    expect(await heading()).to.equal('Events');
    expect(await page.locator('tbody tr').count()).to.equal(6);
  });

  it('finds the pages of the site from the console', async () => {
    await page.getByRole('link', { name: 'Accessibility statement' }).click();
    expect(new URL(page.url()).pathname).to.equal('/console/documents/accessibility');
    await inRail('All events');
  });

  it('creates an event; a time that does not exist and a taken address keep what was typed', async () => {
    await page.getByRole('link', { name: 'Create an event' }).click();
    await fill({
      title: 'Night shift: services after dark',
      slug: 'procurement-clinic',
      summary: 'For everyone who answers at night.',
      date: '2027-03-28',
      startTime: '01:30',
      endTime: '23:00',
      stages: 'Lantern stage',
      'question-1-label': 'Which night do you work?',
      'consent-1-purpose': 'newsletter',
      'consent-1-wording': 'PSE365 may email me once a month.',
    });
    await press('Create the event');
    expect(await problems()).to.include('that time does not exist');
    await fill({ startTime: '09:30' });
    await press('Create the event');
    expect(await problems()).to.include('Another event has this address');
    expect(await page.locator('[name=title]').inputValue()).to.equal('Night shift: services after dark');
    expect(await page.locator('[name="question-1-label"]').inputValue()).to.equal('Which night do you work?');
    await fill({ slug: 'night-shift' });
    await press('Create the event');
    expect(await notice()).to.include('Nobody sees it until you publish it');
  });

  it('adds a speaker and two sessions on its stage', async () => {
    await inRail('Speakers');
    await page.getByRole('link', { name: 'Add a speaker' }).click();
    await fill({
      name: 'Noor Achterberg',
      jobTitle: 'Night manager',
      organisation: 'Ardale Borough Council',
    });
    await press('Add the speaker');
    expect(await page.locator('table').innerText()).to.include('Noor Achterberg');
    await inRail('Agenda');
    for (const [title, startTime, endTime] of [
      ['Who calls at three', '09:30', '10:10'],
      ['Handing over at dawn', '10:10', '10:40'],
    ] as const) {
      await page.getByRole('link', { name: 'Add a session' }).click();
      await fill({ title, startTime, endTime });
      expect(await page.locator('[name=stage]').inputValue()).to.equal('Lantern stage');
      await page
        .getByRole('group', { name: 'Speakers' })
        .getByLabel(/Noor Achterberg/)
        .check();
      await press('Add the session');
    }
    expect(await page.locator('tbody tr').count()).to.equal(2);
    expect(await page.locator('tbody').innerText()).to.match(
      /09:30[^]*Who calls at three[^]*Noor Achterberg/,
    );
  });

  it('is not there for anybody else until it is published', async () => {
    const visitor = await open();
    expect((await visitor.goto(`${product.url}/events/night-shift`))?.status()).to.equal(404);
    await inRail('Overview');
    await press('Publish');
    expect(await notice()).to.include('It is on the calendar now');
    await visitor.goto(`${product.url}/events/night-shift`);
    expect(await visitor.locator('main').innerText()).to.match(/Handing over at dawn/);

    await visitor.goto(`${product.url}/events/night-shift/register`);
    await visitor.locator('[name=name]').fill('Inês Prydderch');
    await visitor.locator('[name=email]').fill(attendee);
    await visitor.getByRole('button', { name: /^register/i }).click();
    expect(await visitor.locator('h1').innerText()).to.match(/you.re in/i);
  });

  it('presses Go live in the run of show, and everybody sees it', async () => {
    await inRail('Run of show');
    await press(/^go live/i);
    expect(await page.locator('main').innerText()).to.match(/live/i);
    const visitor = await open();
    await visitor.goto(`${product.url}/events/night-shift`);
    expect(await visitor.locator('main').innerText()).to.match(/live now/i);
  });

  it('calls it off, told how many people that touches; each of them gets a calendar cancellation', async () => {
    await inRail('Overview');
    await page.getByRole('link', { name: 'Cancel this event' }).click();
    expect(await page.locator('main').innerText()).to.include('one person');
    await fill({ reason: 'The lanterns are out.' });
    await press('Cancel the event and tell one person');
    expect(await notice()).to.include('Cancelled');
    const mail = await until('the cancellation', async () =>
      (await readMailbox(product.url)).find(
        ({ to, ics }) => to.includes(attendee) && ics?.includes('METHOD:CANCEL'),
      ),
    );
    expect(mail.text).to.include('The lanterns are out.');
    const visitor = await open();
    await visitor.goto(`${product.url}/events/night-shift`);
    expect(await visitor.locator('main').innerText()).to.match(/cancelled[^]*The lanterns are out\./i);
  });
});
