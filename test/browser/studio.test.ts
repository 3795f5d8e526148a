import { createServer, type Server } from 'node:http';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Admit } from '../../server/platform/media/publishing.ts';
import { serveRecorder, type RecorderServer } from '../../server/platform/media/recorder/serve-recorder.ts';
import { serveWhip, type WhipServer } from '../../server/platform/media/whip/serve-whip.ts';
import { seedLiveDay, seedMember, seedSpeaker, seedViewer } from '../live/live-day.ts';
import { collectingAdmit, unitsOf, type Collected } from '../platform/media/whip/collecting-admit.ts';
import { askWeb } from '../streams/stream-day.ts';
import { openBrowser } from '../support/browser.ts';
import { complaintsOn, overflowOn, violationsOn } from '../support/pages/page-faults.ts';
import { freePort, openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

describe('the studio', function () {
  this.timeout(60_000);
  let product: Product;
  let browser: Browser;
  let media: Server;
  let whip: WhipServer;
  let recorder: RecorderServer;
  let collected: Collected;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let member: Awaited<ReturnType<typeof seedMember>>;

  before(async () => {
    const port = await freePort();
    [product, browser] = await Promise.all([
      openProduct({ worker: false, looks: true, environment: { MEDIA_URL: `http://127.0.0.1:${port}` } }),
      openBrowser({ hasCamera: true }),
    ]);
    const { logger } = product.deps;
    // Lets in whom web lets in, as the media process does.
    const admit: Admit = async (publisher) => {
      const { kind, credential, address } = publisher;
      const answer = await askWeb(product, 'publish', { kind, credential, address });
      if (!answer.ok) return { ok: false, reason: 'refused', message: answer.message };
      return admitted(publisher);
    };
    const collecting = collectingAdmit();
    collected = collecting.collected;
    const admitted = collecting.admit;
    whip = await serveWhip({ admit, udpPort: 0, publicAddress: null, logger });
    recorder = serveRecorder({ admit, logger });
    media = createServer((request, response) => {
      if (!whip.handle(request, response)) response.writeHead(404).end();
    });
    media.on('upgrade', (request, connection, head) => {
      if (!recorder.upgrade(request, connection, head)) connection.destroy();
    });
    await new Promise<void>((resolve) => media.listen(port, '127.0.0.1', resolve));
    day = await seedLiveDay(product.clock.now());
    member = await seedMember(day.organiserId, product.clock.now());
  });
  after(async () => {
    await browser?.close();
    await whip?.close();
    await recorder?.close();
    media?.closeAllConnections();
    media?.close();
    await product?.close();
  });

  const path = () => `/console/events/${day.eventId}/streams/main/studio`;

  async function open(options: { width?: number; hasScript?: boolean } = {}): Promise<Page> {
    const context: BrowserContext = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: 900 },
      javaScriptEnabled: options.hasScript ?? true,
    });
    const [name = '', value = ''] = member.cookie.split('=');
    await context.addCookies([{ name, value, url: product.url }]);
    const page = await context.newPage();
    await page.goto(product.url + path());
    return page;
  }
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const says = (page: Page, words: string) => page.waitForSelector(`[role=status]:has-text("${words}")`);

  it('says without script how else to go on air', async () => {
    const page = await open({ hasScript: false });
    expect(await page.textContent('main')).to.include('The studio needs JavaScript');
    const how = await page.getByRole('link', { name: 'how to set it up' }).getAttribute('href');
    expect(how).to.match(/\/streams\/main$/);
    await page.context().close();
  });

  it('shows camera, level and name, works at 360 px, and has no fault', async () => {
    const page = await open({ width: 360 });
    const complaints = complaintsOn(page);
    await press(page, 'Turn the camera on');
    await press(page, 'Turn the microphone on');
    await page.waitForSelector('#studio-level');
    await until('the microphone to be heard', () =>
      page.$eval('#studio-level', (meter) => (meter as HTMLMeterElement).value > 0),
    );
    await page.getByLabel('Show it').check();
    await page.getByLabel('Second line').fill('Decarbonising the public estate');
    await until('the picture to move', () =>
      page.$eval('video', (video) => video.videoWidth === 1280 && video.currentTime > 0.2),
    );
    // Which window is asked by the browser's own dialogue; here it is another camera.
    await page.evaluate(() => {
      navigator.mediaDevices.getDisplayMedia = () => navigator.mediaDevices.getUserMedia({ video: true });
    });
    await press(page, 'Share a screen or window');
    await page.getByRole('button', { name: 'Stop sharing' }).waitFor();
    expect(await page.getByLabel('Screen, camera in the corner').isChecked()).to.equal(true);
    await page.getByLabel('Side by side').check();
    await press(page, 'Mute me');
    expect(await page.getByRole('button', { name: 'Mute me' }).getAttribute('aria-pressed')).to.equal('true');
    await press(page, 'Hide me');
    expect(await violationsOn(page)).to.deep.equal([]);
    expect(await overflowOn(page)).to.equal(0);
    expect(complaints).to.deep.equal([]);
    await page.context().close();
  });

  it('goes on after a picture that could not be drawn, as when a laptop wakes up', async () => {
    const page = await open();
    await press(page, 'Turn the camera on');
    const seconds = () => page.$eval('video', (video) => video.currentTime);
    await until('the picture to move', async () => (await seconds()) > 0.2);
    await page.evaluate(async () => {
      const canvas = OffscreenCanvasRenderingContext2D.prototype;
      const whole = Object.getOwnPropertyDescriptor(canvas, 'drawImage') ?? {};
      await new Promise<void>((resolve) => {
        canvas.drawImage = () => {
          Object.defineProperty(canvas, 'drawImage', whole);
          resolve();
          throw new DOMException('The context was lost', 'InvalidStateError');
        };
      });
    });
    const before = await seconds();
    await until('the picture to move on', async () => (await seconds()) > before + 0.5, 5_000);
    await page.context().close();
  });

  it('goes on air by WHIP, by keyboard, and stays so while another tab is in front', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Turn the camera on' }).press('Enter');
    await page.getByRole('button', { name: 'Turn the camera off' }).waitFor();
    await page.getByRole('button', { name: 'Go on air' }).press('Enter');
    await says(page, 'You are on air.');
    await until('pictures of the right size', () =>
      collected.tracks.some((track) => track.kind === 'video' && track.width === 1280),
    );
    expect(collected.tracks.map(({ codec }) => codec)).to.include.members(['h264', 'opus']);
    const other = await page.context().newPage();
    await other.bringToFront();
    const before = unitsOf(collected, 'video').length;
    await until('a second of pictures', () => unitsOf(collected, 'video').length - before >= 20, 5_000);
    await page.bringToFront();
    await press(page, 'Go off air');
    await says(page, 'You are not on air.');
    await until('the end to arrive', () => collected.closed.length === 1);
    expect(collected.closed).to.deep.equal(['finished']);
    await page.context().close();
  });

  it('goes by the page’s own port where nothing else gets through, and says so', async () => {
    const page = await open();
    // No address of the server in its answer: as where UDP is dropped, no connection ever comes about.
    await page.route('**/live/whip', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replaceAll(/^a=candidate.*\r\n/gm, '');
      await route.fulfill({ response: answer, body });
    });
    const closed = collected.closed.length;
    const before = unitsOf(collected, 'video').length;
    await press(page, 'Turn the camera on');
    await page.getByRole('button', { name: 'Turn the camera off' }).waitFor();
    await press(page, 'Go on air');
    await says(page, 'You are on air, by the slower way');
    expect(collected.closed.slice(closed)).to.deep.equal(['finished']);
    await until('pictures', () => unitsOf(collected, 'video').length - before > 30);
    expect(collected.publishers.at(-1)?.kind).to.equal('recorder');
    collected.publishers.at(-1)?.cut('The organiser switched to another source.');
    await says(page, 'The organiser switched to another source.');
    await page.getByRole('button', { name: 'Go on air' }).waitFor();
    await page.context().close();
  });

  it('is open to a speaker for the stage of their own session', async () => {
    const now = product.clock.now();
    const speaker = await seedSpeaker(day.organiserId, day.sessionIds[1], now);
    const stranger = await seedViewer(day.eventId, day.organiserId, now);
    const ask = (more: string, cookie: string, method = 'GET') =>
      fetch(`${product.url}/events/${day.slug}/backstage/studio${more}`, {
        method,
        headers: { cookie, origin: product.url, accept: method === 'GET' ? 'text/html' : 'application/json' },
      });
    const page = await ask('', speaker.cookie);
    expect([page.status, (await page.text()).includes('Studio: Main stage')]).to.deep.equal([200, true]);
    const answer = await ask('/ticket?stage=main', speaker.cookie, 'POST');
    const { ticket } = (await answer.json()) as { ticket: string };
    const asked = { kind: 'recorder', credential: ticket, address: '127.0.0.1' } as const;
    expect(await askWeb(product, 'publish', asked)).to.include({ ok: true, source: 'studio' });
    expect((await ask('/ticket?stage=other', speaker.cookie, 'POST')).status).to.equal(404);
    expect((await ask('', stranger.cookie)).status).to.be.within(403, 404);
    expect((await ask('/ticket?stage=main', stranger.cookie, 'POST')).status).to.be.within(403, 404);
  });

  it('gives a ticket to organisers only, and keeps it out of every log', async () => {
    const ask = (cookie: string) =>
      fetch(`${product.url}${path()}/ticket`, {
        method: 'POST',
        headers: { cookie, origin: product.url, accept: 'application/json' },
      });
    const moderator = await seedMember(day.organiserId, product.clock.now(), 'moderator');
    const stranger = await seedLiveDay(product.clock.now());
    const outsider = await seedMember(stranger.organiserId, product.clock.now());
    expect((await ask(moderator.cookie)).status).to.equal(403);
    expect((await ask(outsider.cookie)).status).to.equal(404);
    expect((await ask('')).status).to.equal(401);
    const answer = await ask(member.cookie);
    expect(answer.headers.get('cache-control')).to.equal('no-store');
    const { ticket } = (await answer.json()) as { ticket: string };
    expect(product.logLines.join()).to.not.include(ticket.slice(0, 20));
    product.clock.advance({ minutes: 10 });
    const late = await askWeb(product, 'publish', { kind: 'whip', credential: ticket, address: '127.0.0.1' });
    expect(late).to.include({ ok: false, reason: 'expired-ticket' });
  });
});
