import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  connectDatabase,
  disconnectDatabase,
  ensureIndexes,
} from '../../server/platform/database/connect-database.ts';
import { loadConfig } from '../../server/config.ts';
import { openDatabase } from '../../server/platform/database/open-database.ts';
import { createLogger } from '../../server/platform/logging/create-logger.ts';
import { seedLiveDay, seedMember, seedViewer } from '../live/live-day.ts';
import { openBrowser } from '../support/browser.ts';
import { spawnProduct, storageOf, type SpawnedProduct } from '../support/spawned-product.ts';

/** How long a press may take to be seen by every viewer. */
const boundMs = 1_000;

describe('a live day', function () {
  this.timeout(90_000);
  const dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-live-day-'));
  let product: SpawnedProduct;
  let browser: Browser;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let cookies: { viewers: string[]; organiser: string };

  before(async () => {
    const now = new Date();
    const store = await openDatabase(loadConfig(storageOf(dataDirectory)), createLogger('silent'));
    await connectDatabase(store.uri);
    await ensureIndexes();
    day = await seedLiveDay(now);
    const viewers = [
      await seedViewer(day.eventId, day.organiserId, now),
      await seedViewer(day.eventId, day.organiserId, now),
    ];
    const organiser = await seedMember(day.organiserId, now);
    cookies = { viewers: viewers.map(({ cookie }) => cookie), organiser: organiser.cookie };
    await disconnectDatabase();
    await store.close();
    [product, browser] = await Promise.all([spawnProduct({ dataDirectory }), openBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await product?.kill();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const window = async (
    cookie: string,
    options: { javaScriptEnabled?: boolean } = {},
  ): Promise<BrowserContext> => {
    const context = await browser.newContext(options);
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: product.url }]);
    return context;
  };
  const open = async (cookie: string, path: string): Promise<Page> => {
    const page = await (await window(cookie)).newPage();
    await page.goto(product.url + path);
    await page.waitForSelector('[data-connection=connected]');
    return page;
  };
  const roomPath = () => `/events/${day.slug}/live`;
  const showPath = () => `/console/events/${day.eventId}/run-of-show`;

  it('shows what the organiser does in two windows in under a second, and survives kill -9', async () => {
    const [one, two] = await Promise.all(cookies.viewers.map((cookie) => open(cookie, roomPath())));
    const organiser = await open(cookies.organiser, showPath());
    const loads = [one!, two!].map((page) => {
      let count = 0;
      page.on('load', () => (count += 1));
      return () => count;
    });
    const press = async (button: string, state: string) => {
      await organiser.waitForSelector(`button:enabled:has-text("${button}")`);
      // From the press to the words on the page, on the browsers' own clocks, which are this machine's.
      const seen = [one!, two!].map((page) =>
        page.evaluate<number>(`new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error('${button} was not seen: ' + document.querySelector('main').innerText)), 15_000);
        const look = () => document.querySelector('[data-state="${state}"]') ? resolve(Date.now()) : requestAnimationFrame(look);
        look();
      })`),
      );
      await organiser.evaluate(`
        addEventListener('submit', () => (document.documentElement.dataset.pressedAt = Date.now()), { capture: true, once: true });
        [...document.querySelectorAll('button')].find((button) => button.textContent.startsWith('${button}')).click();
      `);
      const times = await Promise.all(seen);
      const pressedAt = Number(await organiser.getAttribute('html', 'data-pressed-at'));
      const delays = times.map((time) => time - pressedAt);
      delaysByMove.push(`${button} ${delays.join(' and ')} ms`);
      for (const delay of delays) expect(delay, button).to.be.lessThan(boundMs);
    };
    const delaysByMove: string[] = [];
    await press('Go live', 'on-air');
    await press('Pause', 'paused');
    await press('Resume', 'on-air');

    await product.kill();
    await Promise.all([one!, two!].map((page) => page.waitForSelector('[data-connection=lost]')));
    product = await spawnProduct({ dataDirectory, port: Number(new URL(product.url).port) });
    const upAt = performance.now();
    // Another page moves the session while these two may still be away.
    const plain = await (await window(cookies.organiser, { javaScriptEnabled: false })).newPage();
    await plain.goto(product.url + showPath());
    await plain.click('button:has-text("End session")');
    await plain.waitForSelector('button:has-text("Undo end")');
    await Promise.all(
      [one!, two!].flatMap((page) => [
        page.waitForSelector('[data-state=between]', { timeout: 40_000 }),
        page.waitForSelector('[data-connection=connected]', { timeout: 40_000 }),
      ]),
    );
    delaysByMove.push(`back ${Math.round(performance.now() - upAt)} ms after the restart`);
    await organiser.waitForSelector('[data-connection=connected]', { timeout: 40_000 });
    await press('Undo end', 'on-air');
    await press('End session', 'between');
    for (const count of loads) expect(count(), 'reloads').to.equal(0);
    console.log(`      ${delaysByMove.join(', ')}`);
  });

  it('tells two organisers who press without script which one was quicker', async () => {
    const pages = await Promise.all(
      [0, 1].map(async () => (await window(cookies.organiser, { javaScriptEnabled: false })).newPage()),
    );
    for (const page of pages) await page.goto(product.url + showPath());
    const [first, second] = pages;
    await first!.click('button:has-text("Go live")');
    await first!.waitForSelector('text=Now on air');
    await second!.click('button:has-text("Go live")');
    await second!.waitForSelector('text=Somebody else was quicker, so nothing was changed. It is live now.');
    await second!.click('button:has-text("End session")');
    await second!.waitForSelector('button:has-text("Undo end")');
  });

  it('reads without script, and asks outsiders to sign in or register', async () => {
    const page = await (await window(cookies.viewers[0]!, { javaScriptEnabled: false })).newPage();
    await page.goto(product.url + `${roomPath()}?tab=agenda`);
    expect(await page.textContent('main')).to.match(
      /Agenda.*Welcome to the day.*Heat pumps in old hospitals.*Closing/s,
    );
    expect(await page.textContent('[data-connection=still]')).to.include('Refresh');
    const outsider = await (await browser.newContext()).newPage();
    const answer = await outsider.goto(product.url + roomPath());
    expect(answer?.status()).to.equal(401);
    expect(await outsider.textContent('main'))
      .to.include('Sign in')
      .and.to.include('Register');
  });
});
