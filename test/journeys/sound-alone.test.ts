import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { seedLiveDay, seedViewer } from '../live/live-day.ts';
import { giveKey } from '../streams/stream-day.ts';
import { openBrowser } from '../support/browser.ts';
import { pushTestCard, pushTone, startMediaProcess, type MediaProcess } from '../support/media-process.ts';
import { freePort, openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

describe('a stage whose camera comes late and goes, in Chromium', function () {
  this.timeout(120_000);
  let [product, media, browser]: [Product?, MediaProcess?, Browser?] = [];
  let dataDirectory: string;
  let address: string;
  let open: () => Promise<Page>;
  /** What players asked for, and when. */
  const asked = new Map<Page, { at: number; name: string }[]>();

  before(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-sound-'));
    const port = await freePort();
    const environment = { MEDIA_URL: `http://127.0.0.1:${port}` };
    const opened = await openProduct({
      worker: false,
      looks: true,
      now: new Date().toISOString(),
      environment,
    });
    product = opened;
    const now = opened.clock.now();
    const { eventId, organiserId, slug } = await seedLiveDay(now);
    const { key } = await giveKey(opened, eventId);
    media = await startMediaProcess({
      dataDirectory,
      secretKey: 'ab'.repeat(32),
      webUrl: opened.url,
      port,
    });
    address = `rtmp://127.0.0.1:${media.rtmpPort}/live/${key}`;
    const chromium = (browser = await openBrowser());
    open = async () => {
      const { cookie } = await seedViewer(eventId, organiserId, now);
      const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } });
      const [name = '', value = ''] = cookie.split('=');
      await context.addCookies([{ name, value, url: opened.url }]);
      const page = await context.newPage();
      const names: { at: number; name: string }[] = [];
      asked.set(page, names);
      page.on('request', (request) => {
        const [name = ''] = /(?:main\.m3u8|init-\d+\.mp4)$/.exec(request.url()) ?? [];
        if (name) names.push({ at: performance.now(), name });
      });
      await page.goto(`${opened.url}/events/${slug}/live`);
      await page.waitForSelector('[data-connection=connected]');
      return page;
    };
  });
  after(async () => {
    await browser?.close();
    await media?.kill();
    await product?.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const look = (page: Page) =>
    page.evaluate(() => {
      const video = document.querySelector('video');
      const { totalVideoFrames = 0 } = video?.getVideoPlaybackQuality() ?? {};
      return { time: video?.currentTime ?? 0, width: video?.videoWidth ?? 0, frames: totalVideoFrames };
    });
  async function plays(page: Page, what: string) {
    await until(`${what} to begin`, async () => (await look(page)).time > 0, 25_000);
    const { time } = await look(page);
    await until(`${what} to go on`, async () => (await look(page)).time > time + 1, 25_000);
  }
  /** How long a player held what it could not play, before it began anew: ms. */
  const heldFor = (page: Page, init: string) => {
    const names = asked.get(page) ?? [];
    const index = names.findIndex(({ name }) => name === init);
    const next = names.slice(index).find(({ name }) => name === 'main.m3u8');
    return (next?.at ?? Infinity) - (names[index]?.at ?? 0);
  };
  const sees = (page: Page, who: string) =>
    until(
      `${who} to see a picture that moves`,
      async () => {
        const { frames } = await look(page);
        return (
          frames > 0 &&
          until('frames', async () => (await look(page)).frames > frames, 1_000).catch(() => false)
        );
      },
      25_000,
    );

  it('is heard by who comes before the camera, and seen by them when it is there', async () => {
    const tone = pushTone(address, 100);
    const early = await open();
    await plays(early, 'the sound');
    expect((await look(early)).width).to.equal(0);

    tone.kill('SIGKILL');
    const card = pushTestCard(address, 100);
    await sees(early, 'who came before it');
    expect((await look(early)).width).to.equal(320);
    expect(heldFor(early, 'init-1.mp4')).to.be.below(1_000);

    card.kill('SIGKILL');
    const again = pushTone(address, 100);
    await until('the end of the camera', () => heldFor(early, 'init-2.mp4') < Infinity, 25_000);
    await plays(early, 'the sound after the camera');
    expect(heldFor(early, 'init-2.mp4')).to.be.below(1_000);
    const late = await open();
    await plays(late, 'the sound, for who came late,');

    again.kill('SIGKILL');
    pushTestCard(address, 60);
    await sees(early, 'who saw it before');
    await sees(late, 'who came in between');
    for (const page of [early, late]) expect(heldFor(page, 'init-3.mp4')).to.be.below(1_000);
  });
});
