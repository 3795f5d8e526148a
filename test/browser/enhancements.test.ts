import { expect } from 'chai';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { serveGallery } from '../support/pages/gallery-server.ts';

describe('small enhancements', () => {
  let browser: Browser;
  let served: Awaited<ReturnType<typeof serveGallery>>;
  let page: Page;

  before(async () => {
    served = await serveGallery();
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await served.close();
  });
  afterEach(() => page.context().close());

  async function open(name: string, options: BrowserContextOptions = {}) {
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })).newPage();
    await page.goto(served.address(name));
  }

  it('a reader in another zone sees their own time first and the event’s beneath', async () => {
    await open('event upcoming', { timezoneId: 'America/New_York' });
    const rows = await page.locator('.when-list div').allInnerTexts();
    expect(rows).to.have.length(2);
    expect(rows[0]).to.match(/Your time\s+Tuesday,? 23 March 2027, 05:30 to 12:15/);
    expect(rows[1]).to.match(/Event time\s+Tuesday 23 March 2027, 09:30 to 16:15 GMT/);
    expect(await page.locator('.when').first().innerText()).to.match(/^05:40\s+09:40 GMT$/);
    expect(await page.locator('.zone-note').innerText()).to.include('Times are yours');
  });

  it('a reader far away is told when the date is another one', async () => {
    await open('event upcoming', { timezoneId: 'Pacific/Auckland' });
    expect(await page.locator('.when-list div').first().innerText()).to.match(/22:30 to Wed,? 24 Mar, 05:15/);
    expect(await page.locator('.when').nth(2).innerText()).to.match(/00:10\s+Wed,? 24 Mar\s+11:10 GMT/);
  });

  for (const [reason, options] of [
    ['in the event’s own zone', { timezoneId: 'Europe/London' }],
    ['in a zone that keeps the same time', { timezoneId: 'Europe/Lisbon' }],
    ['without script', { timezoneId: 'America/New_York', javaScriptEnabled: false }],
  ] as const) {
    it(`times stand once for a reader ${reason}`, async () => {
      await open('event upcoming', options);
      expect(await page.locator('.when-list div').count()).to.equal(1);
      expect(await page.locator('.when').first().innerText()).to.equal('09:40');
    });
  }

  it('the times of somebody’s own sign-ins are told in their zone', async () => {
    await open('account', { timezoneId: 'America/New_York' });
    const times = await page
      .locator('.sign-ins time')
      .evaluateAll((all) =>
        all.map((time) => ({ iso: time.getAttribute('datetime'), text: time.textContent })),
      );
    expect(times.length).to.be.greaterThan(1);
    for (const { iso, text } of times) {
      const hour = new Date(iso ?? '').toLocaleString('en-GB', {
        timeZone: 'America/New_York',
        hour: '2-digit',
        minute: '2-digit',
      });
      expect(text)
        .to.match(/^[A-Z][a-z]+day,? \d/)
        .and.include(`, ${hour} `);
      expect(text).not.to.include('UTC');
    }
  });

  it('a form that came back has its summary in focus, and each line leads to its field', async () => {
    await open('register with errors');
    expect(await page.evaluate(() => document.activeElement?.className)).to.equal('error-summary');
    await page.getByRole('link', { name: 'Choose how far along your plan is' }).press('Enter');
    await page.waitForURL(/#field-answer-stage$/);
    expect(await page.evaluate(() => document.activeElement?.closest('fieldset')?.textContent)).to.include(
      'How far along',
    );
  });

  it('a copy button copies every code, and does not exist without script', async () => {
    await open('recovery codes', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy them' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).to.equal(
      '7K4M-29QD\nPX3R-M8ZT\n2HVC-6LWN',
    );
    await page.context().close();
    await open('recovery codes', { javaScriptEnabled: false });
    expect(await page.getByRole('button').count()).to.equal(0);
  });

  it('on a phone, the bar at the bottom never covers what has the focus', async () => {
    await open('event upcoming', { viewport: { width: 360, height: 640 } });
    const covered: string[] = [];
    const stops = await page.locator('a, button, summary, input').count();
    for (let stop = 0; stop < stops; stop++) {
      await page.keyboard.press('Tab');
      const text = await page.evaluate(() => {
        const focused = document.activeElement;
        const bar = document.querySelector('.eventbar-act');
        if (!focused || !bar || bar.contains(focused)) return null;
        return focused.getBoundingClientRect().bottom > bar.getBoundingClientRect().top
          ? focused.textContent
          : null;
      });
      if (text !== null) covered.push(text);
    }
    expect(covered).to.deep.equal([]);
  });

  it('nothing moves for a reader who asked for less motion', async () => {
    await open('event live', { reducedMotion: 'reduce' });
    expect(await page.evaluate(() => document.getAnimations().length)).to.equal(0);
    await page.context().close();
    await open('event live', { reducedMotion: 'no-preference' });
    expect(await page.evaluate(() => document.getAnimations().length)).to.be.greaterThan(0);
  });
});
