import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { seedLiveDay, seedViewer } from '../live/live-day.ts';
import { seedReplay } from '../replays/replay-day.ts';
import { giveKey } from '../streams/stream-day.ts';
import { openBrowser } from '../support/browser.ts';
import { pushTestCard, startMediaProcess, type MediaProcess } from '../support/media-process.ts';
import { freePort, openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

describe('a viewer in Chromium, an encoder, and the media process between them', function () {
  this.timeout(90_000);
  let [product, media, browser]: [Product?, MediaProcess?, Browser?] = [];
  let dataDirectory: string;
  let page: Page;
  let push: (seconds: number) => ChildProcess;
  let openReplay: (from: number, to: number) => Promise<void>;
  let pushedAt = 0;

  before(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-watching-'));
    const port = await freePort();
    const environment = { MEDIA_URL: `http://127.0.0.1:${port}` };
    browser = await openBrowser();
    const opened = await openProduct({
      worker: false,
      looks: true,
      now: new Date().toISOString(),
      environment,
    });
    product = opened;
    const now = opened.clock.now();
    const day = await seedLiveDay(now);
    const { eventId, organiserId, slug } = day;
    const { cookie } = await seedViewer(eventId, organiserId, now);
    const { key, streamId } = await giveKey(opened, eventId);
    const started = await startMediaProcess({
      dataDirectory,
      secretKey: 'ab'.repeat(32),
      webUrl: opened.url,
      port,
    });
    media = started;
    push = (seconds) => pushTestCard(`rtmp://127.0.0.1:${started.rtmpPort}/live/${key}`, seconds);
    openReplay = async (from, to) => {
      const changes = { from: new Date(from), to: new Date(to), publishedAt: now };
      const id = await seedReplay(opened, { ...day, streamId }, day.sessionIds[0], changes);
      await page.goto(`${opened.url}/replays/${id}`);
    };
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: opened.url }]);
    page = await context.newPage();
    await page.goto(`${opened.url}/events/${slug}/live`);
    await page.waitForSelector('[data-connection=connected]');
  });
  after(async () => {
    await browser?.close();
    await media?.kill();
    await product?.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const time = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
  async function plays(seconds: number) {
    await until('a picture', async () => (await time()) > 0);
    const from = await time();
    await until('the picture to move', async () => (await time()) > from + seconds);
  }

  it('sees the picture without a press, close to the live edge, and again after the encoder was cut off', async () => {
    pushedAt = Date.now();
    const first = push(30);
    await plays(2);
    await page.waitForSelector('.player-edge.is-live');

    first.kill('SIGKILL');
    await page.waitForSelector('.player-message:has-text("comes back by itself")');
    push(20);
    await page.waitForSelector('.player-message:has-text("comes back by itself")', { state: 'detached' });
    await plays(2);
  });

  it('watches again at once what was just live, from where the replay begins', async () => {
    await openReplay(pushedAt + 2_000, Date.now() - 500);
    await page.click('.player-offer button');
    await plays(0.5);
    const at = await page.textContent('.player-time');
    expect(at).to.match(/^0:0[0-3] /);
  });
});
