import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { openHlsSite, type HlsSite } from '../support/hls-site.ts';
import { complaintsOn, overflowOn, violationsOn } from '../support/pages/page-faults.ts';
import { until } from '../support/until.ts';
import type { PlayerBench } from './player-page.tsx';

const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Player</title>
  <link rel="icon" href="data:,"><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/assets/site.css"></head>
  <body><main><h1>Main stage</h1><div id="root"></div></main><script type="module" src="/assets/page.js"></script></body></html>`;

declare global {
  interface Window {
    bench: PlayerBench;
  }
}

const captions = `WEBVTT

00:01.000 --> 00:04.000
Good morning from <b>Llanelli</b>.

00:09.000 --> 00:13.000
No new radiators.
`;

describe('the player in Chromium', function () {
  this.timeout(60_000);
  let site: HlsSite;
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];

  before(async () => {
    [site, browser] = await Promise.all([
      openHlsSite({ entry: 'test/browser/player-page.tsx', html, files: { '/captions.vtt': captions } }),
      openBrowser(),
    ]);
    page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    complaints = complaintsOn(page);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  const time = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
  const phase = () => page.evaluate(() => window.bench.player.state.value);
  async function plays(seconds = 0.5) {
    const from = await time();
    await until('the picture to move', async () => (await time()) > from + seconds);
  }

  it('plays a live picture by itself, silent if it must, with words for everything', async () => {
    await page.goto(site.url);
    await plays();
    expect(await phase()).to.equal('playing');
    expect(await overflowOn(page)).to.equal(0);
    await page.click('[aria-label=Settings]');
    expect(await violationsOn(page)).to.deep.equal([]);
    expect(await overflowOn(page)).to.equal(0);
    expect(complaints).to.deep.equal([]);
  });

  it('obeys keys, but only with the focus inside', async () => {
    await page.locator('h1').click();
    await page.keyboard.press('k');
    expect(await phase()).to.equal('playing');
    await page.focus('[aria-label=Settings]');
    await page.keyboard.press('k');
    await page.waitForSelector('[aria-label=Play]');
    const stopped = await time();
    await page.keyboard.press('m');
    await page.keyboard.press('k');
    await page.waitForSelector('[aria-label=Pause]');
    await until('the picture to move', async () => (await time()) > stopped);
    await page.keyboard.press('l');
    await page.waitForSelector('.player-edge.is-live');
  });

  it('closes its settings by Escape, wherever the focus is in them, and gives it back to their button', async () => {
    const settings = page.locator('[aria-label=Settings]');
    if ((await settings.getAttribute('aria-expanded')) === 'true') await settings.click();
    for (const focused of ['.player-settings select', '[aria-label=Settings]', '[aria-label=Volume]']) {
      await settings.click();
      await page.focus(focused);
      await page.keyboard.press('Escape');
      expect(await page.locator('.player-settings').count(), focused).to.equal(0);
      expect(await settings.getAttribute('aria-expanded')).to.equal('false');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).to.equal(
        'Settings',
      );
    }
  });

  it('comes back by itself after the server was down for three seconds', async () => {
    site.mood.isDown = true;
    const [since, failed] = [performance.now(), site.asked.length];
    await until(
      'three seconds of refusals',
      () => performance.now() - since > 3_000 && site.asked.length > failed + 2,
    );
    site.mood.isDown = false;
    await plays(2);
  });

  it('goes on under a new token when the old one is refused, and asks for it once', async () => {
    complaints.splice(0);
    await page.evaluate(() => (window.bench.nextToken = 'two'));
    await page.evaluate(() => (window.bench.renewals = 0));
    site.mood.token = 'two';
    await until('the new token', () => site.asked.at(-1)?.includes('/two/'));
    await plays(2);
    expect(await page.evaluate(() => window.bench.renewals)).to.equal(1);
  });

  it('goes further back than the short list holds, and to the live edge again', async () => {
    const programme = () =>
      page.evaluate(() =>
        Number(document.querySelector('.player-edge')?.textContent?.match(/\d+/)?.[0] ?? 0),
      );
    await until('something to go back in', () => performance.now() - site.liveSince > 13_000);
    await page.evaluate(() => window.bench.player.seekBehind(10));
    await until('the long list', () => site.asked.some((url) => url.includes('live.m3u8?dvr=1')));
    await until('to be behind', async () => Math.abs((await programme()) - 10) <= 1);
    await plays();
    await page.click('.player-edge');
    await page.waitForSelector('.player-edge.is-live');
    await plays();
  });

  it('says so when there is no right to watch any more, and asks nothing further', async () => {
    await page.evaluate(() => (window.bench.nextToken = null));
    site.mood.token = 'three';
    await page.waitForSelector('.player-message:has-text("You cannot watch this any more")');
    const [since, asked] = [performance.now(), site.asked.length];
    await until('a second without requests', () => performance.now() - since > 1_000);
    expect(site.asked.length).to.equal(asked);
  });

  it('plays a replay from a press, jumps, and plays faster', async () => {
    site.mood.token = 'one';
    await page.goto(`${site.url}?whole`);
    await page.click('.player-offer button');
    await plays();
    await page.focus('[aria-label="Place in the replay"]');
    await page.keyboard.press('Home');
    await page.focus('[aria-label=Settings]');
    await page.keyboard.press('ArrowRight');
    await until('the jump', async () => (await time()) >= 9);
    await page.click('[aria-label=Settings]');
    await page.selectOption('.player-settings select >> nth=0', '2');
    expect(await page.evaluate(() => document.querySelector('video')?.playbackRate)).to.equal(2);
  });

  it('shows captions, and jumps by chapters and by what was said', async () => {
    complaints.splice(0);
    await page.goto(`${site.url}?replay`);
    await page.click('[aria-label=Captions]');
    await page.click('.player-offer button');
    await page.waitForSelector('.player-captions:has-text("Good morning from Llanelli.")');
    expect(await violationsOn(page)).to.deep.equal([]);
    expect(await overflowOn(page)).to.equal(0);
    await page.click('.replay-chapters a:has-text("Fourteen sites")');
    await page.waitForSelector('.replay-chapters [aria-current]:has-text("Fourteen sites")');
    await page.fill('#transcript-search', 'RADIATORS');
    await page.waitForSelector('.replay-found:has-text("1 line")');
    await page.click('.replay-transcript a');
    await page.waitForSelector('.player-captions:has-text("No new radiators.")');
    await page.focus('[aria-label="Place in the replay"]');
    await page.keyboard.press('End');
    await page.waitForSelector('.player-message:has-text("The end.")');
    expect(complaints).to.deep.equal([]);
  });
});
