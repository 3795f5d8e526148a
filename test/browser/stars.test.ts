import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { addSession } from '../registrations/choosing.ts';
import { openEvent, register, stored, type TestEvent } from '../registrations/registering.ts';
import { openBrowser } from '../support/browser.ts';
import { openProduct, type Product } from '../support/product.ts';
import { signInAttendee } from '../support/signing-in.ts';

describe('stars on the agenda in a browser', function () {
  this.timeout(30_000);
  let product: Product;
  let browser: Browser;
  let event: TestEvent;
  let heat: string;
  let cookie: string;
  before(async () => {
    [product, browser] = await Promise.all([openProduct({ worker: false, looks: true }), openBrowser()]);
    event = await openEvent(product);
    for (const hour of [10, 11, 12, 13])
      await addSession(product, event, {
        title: `At ${hour}`,
        startTime: `${hour}:00`,
        endTime: `${hour}:40`,
      });
    heat = await addSession(product, event, { title: 'Heat', startTime: '14:00', endTime: '14:40' });
    await register(product, event);
    cookie = (await signInAttendee(product, 'ada@example.org')).cookieHeader();
  });
  after(async () => {
    await browser?.close();
    await product?.close();
  });

  async function open(javaScriptEnabled: boolean): Promise<Page> {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 500 } });
    await context.addCookies(
      cookie.split('; ').map((pair) => {
        const [name = '', value = ''] = pair.split('=');
        return { name, value, url: product.url };
      }),
    );
    const page = await context.newPage();
    await page.goto(product.url + event.path);
    return page;
  }
  const starOf = (page: Page) => page.getByRole('button', { name: /^My agenda.*Heat$/ });
  const isChosen = async () => (await stored(event)).starredSessionIds.includes(heat);

  it('are pressed in place by the keyboard: no page loads, the focus stays, and it is said', async () => {
    const page = await open(true);
    let loads = 0;
    page.on('framenavigated', () => (loads += 1));
    const star = starOf(page);
    await star.focus();
    const scrolled = await page.evaluate(() => window.scrollY);
    for (const [pressed, said] of [
      ['true', 'Added to my agenda'],
      ['false', 'Taken out of my agenda'],
      ['true', 'Added to my agenda'],
    ] as const) {
      await page.keyboard.press('Enter');
      await page.getByText(said).waitFor({ state: 'attached' });
      expect(await star.getAttribute('aria-pressed')).to.equal(pressed);
      expect(await isChosen()).to.equal(pressed === 'true');
    }
    expect(await star.evaluate((button) => button === document.activeElement)).to.equal(true);
    expect(await page.evaluate(() => window.scrollY)).to.equal(scrolled);
    expect(loads).to.equal(0);
    await page.reload();
    expect(await starOf(page).getAttribute('aria-pressed')).to.equal('true');
    await page.context().close();
  });

  it('say why when the server refuses, instead of showing what is not so', async () => {
    const page = await open(true);
    const star = starOf(page);
    await page.context().clearCookies();
    await star.click();
    await page.waitForURL(/\/stars\//);
    expect(await page.getByRole('main').innerText()).to.match(/sign in/i);
    await page.context().close();
  });

  it('work without script and come back to the session', async () => {
    const page = await open(false);
    const before = await isChosen();
    await starOf(page).click();
    await page.waitForURL(new RegExp(`#session-${heat}$`));
    expect(await starOf(page).getAttribute('aria-pressed')).to.equal(String(!before));
    expect(await isChosen()).to.equal(!before);
    expect(
      await page.locator(`#session-${heat}`).evaluate((one) => one.getBoundingClientRect().top),
    ).to.be.within(0, 400);
    await page.context().close();
  });
});
