import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { issueCaptionerLink } from '../../server/captions/issue-captioner-link.ts';
import type { ExternalPicture } from '../../server/contracts/stage-picture.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { editStream } from '../../server/streams/edit-stream.ts';
import { findStreamOfStage } from '../../server/streams/stream.queries.ts';
import { ask, connect, seedLiveDay, seedMember, seedViewer, type LiveSocket } from '../live/live-day.ts';
import { askWeb, giveKey, memberActor } from '../streams/stream-day.ts';
import { openBrowser } from '../support/browser.ts';
import { openHlsSite, type HlsSite } from '../support/hls-site.ts';
import { complaintsOn, overflowOn, violationsOn } from '../support/pages/page-faults.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

describe('the picture of a live room in Chromium', function () {
  this.timeout(60_000);
  let [site, product, browser]: [HlsSite?, Product?, Browser?] = [];
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let streamId = '';
  let moderator: LiveSocket;
  let page: Page;
  let complaints: string[] = [];

  before(async () => {
    [site, browser] = await Promise.all([openHlsSite(null), openBrowser()]);
    const environment = { MEDIA_URL: site.url.slice(0, -1) };
    product = await openProduct({ looks: true, now: new Date().toISOString(), environment });
    const now = product.clock.now();
    day = await seedLiveDay(now);
    const [viewer, member] = [
      await seedViewer(day.eventId, day.organiserId, now),
      await seedMember(day.organiserId, now),
    ];
    streamId = (await giveKey(product, day.eventId)).streamId;
    moderator = await connect(product.url, member.cookie);
    const context = await browser.newContext({ viewport: { width: 320, height: 700 } });
    const [name = '', value = ''] = viewer.cookie.split('=');
    await context.addCookies([{ name, value, url: product.url }]);
    page = await context.newPage();
    complaints = complaintsOn(page);
    // Nothing of this test leaves the machine.
    await context.route(/youtube/, (route) =>
      route.fulfill({ contentType: 'text/html', body: 'Their player' }),
    );
  });
  after(async () => {
    moderator?.disconnect();
    await browser?.close();
    await product?.close();
    await site?.close();
  });

  const open = async () => {
    await page.goto(`${product?.url}/events/${day.slug}/live`);
    await page.waitForSelector('[data-connection=connected]');
  };
  async function show(shows: string) {
    const stream = await findStreamOfStage(day.eventId, 'main');
    const asked = { eventId: day.eventId, stageId: 'main', shows, revision: stream?.revision ?? 0 };
    expect(await ask(moderator, 'picture:show', asked)).to.include({ ok: true });
  }
  async function setExternal(external: ExternalPicture) {
    if (!product) return;
    const event = await getEvent(day.eventId);
    const stream = await findStreamOfStage(day.eventId, 'main');
    const revision = stream?.settingsRevision ?? 0;
    const settings = { event, stageId: 'main', slateText: 'Back at two', external, revision };
    expect(await editStream(memberActor(day.organiserId), settings, product.deps)).to.include({ ok: true });
  }
  async function plays() {
    const time = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
    await until('a picture', () =>
      page.evaluate(() => (document.querySelector('video')?.currentTime ?? 0) > 0),
    );
    const from = await time();
    await until('the picture to move', async () => (await time()) > from + 0.5);
  }

  it('comes by itself when the stage shows it, above the words about when it starts', async () => {
    await open();
    await page.waitForSelector('.room-card');
    expect(await page.locator('video').count()).to.equal(0);
    await show('encoder');
    const at = Date.now();
    if (product)
      await askWeb(product, 'run', { streamId, runId: 'run-0001', state: 'started', startedAt: at, at });
    await plays();
    expect(await page.textContent('.is-band')).to.include('Any moment now');
    expect(await violationsOn(page)).to.deep.equal([]);
    expect(await overflowOn(page)).to.equal(0);
  });

  it('is there at once after a reload, under the path that the page brought', async () => {
    await open();
    await plays();
    const plain = await page.evaluate(async () => (await fetch(location.href)).text());
    expect(plain).to.match(/<video[^>]* src="\/live\/t\/[^"]+\/run-0001\/main\.m3u8"/);
    expect(complaints).to.deep.equal([]);
  });

  it('has captions over it and a transcript under it as soon as they are written', async () => {
    const { organiserId, eventId } = day;
    const link = { organiserId, eventId, stageId: 'main', name: 'Rhian' };
    const issued = product && (await issueCaptionerLink(memberActor(organiserId), link, product.deps));
    if (!issued?.ok) throw new Error('No link');
    await page.focus('.player-button');
    await page.keyboard.press('c');
    const answer = await fetch(`${product?.url}/api/v1/captions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${issued.token}` },
      body: JSON.stringify({ captions: [{ text: 'Fourteen sites, no new radiators.' }] }),
    });
    expect(answer.ok).to.equal(true);
    await page.waitForSelector('.player-captions:has-text("Fourteen sites")');
    await page.click('summary:has-text("Transcript of the captions")');
    await page.waitForSelector('.room-transcript:has-text("no new radiators")');
  });

  it('makes way for a slate, and for another player after a yes, though it was set up after the page was opened', async () => {
    await setExternal({ provider: 'youtube', videoId: 'abcdefghijk' });
    await show('slate');
    await page.waitForSelector('.room-card:has-text("Back at two")');
    expect(await page.locator('video').count()).to.equal(0);
    await show('external');
    await page.waitForSelector('.room-consent button');
    expect(await page.locator('iframe').count()).to.equal(0);
    await page.click('.room-consent button');
    const frame = page.frameLocator(
      'iframe[sandbox][src^="https://www.youtube-nocookie.com/embed/abcdefghijk"]',
    );
    await frame.locator('text=Their player').waitFor();
  });

  it('lets in pieces from any address only on a page that was opened when there was a list of them', async () => {
    const policy = async () => {
      const answer = await page.evaluate(async () => {
        const { headers } = await fetch(location.href);
        return headers.get('content-security-policy');
      });
      return /connect-src ([^;]+)/.exec(answer ?? '')?.[1];
    };
    expect(await policy()).to.equal("'self'");
    await setExternal({ provider: 'hls', url: 'https://video.example/stage/main.m3u8' });
    await show('slate');
    await show('external');
    await page.waitForSelector('.room-consent:has-text("load this page again")');
    expect(await policy()).to.equal("'self' https:");
    await open();
    await page.waitForSelector('.room-consent button');
  });
});
