import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { serveWhip, type WhipServer } from '../../../../server/platform/media/whip/serve-whip.ts';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import { openBrowser } from '../../../support/browser.ts';
import { until } from '../../../support/until.ts';
import { collectingAdmit, unitsOf, type Collected } from './collecting-admit.ts';

const silent = createLogger('silent');

describe('a browser that publishes by WHIP', function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: Server;
  let whip: WhipServer;
  let collected: Collected;
  let page: Page;

  before(async () => {
    const admit = collectingAdmit();
    collected = admit.collected;
    [browser, whip] = await Promise.all([
      openBrowser({ hasCamera: true }),
      serveWhip({ admit: admit.admit, udpPort: 0, publicAddress: null, logger: silent }),
    ]);
    server = createServer((request, response) => {
      if (whip.handle(request, response)) return;
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>A page</title>');
    }).listen(0, '127.0.0.1');
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  after(async () => {
    await browser?.close();
    await whip?.close();
    server?.close();
  });

  const publish = () =>
    page.evaluate(async () => {
      const media = await navigator.mediaDevices.getUserMedia({
        video: { width: 640, height: 360, frameRate: 30 },
        audio: true,
      });
      const peer = new RTCPeerConnection();
      for (const track of media.getTracks())
        peer.addTransceiver(track, { direction: 'sendonly', streams: [media] });
      await peer.setLocalDescription();
      const answer = await fetch('/live/whip', {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp', Authorization: 'Bearer a-key' },
        body: peer.localDescription?.sdp ?? '',
      });
      const text = await answer.text();
      if (answer.status === 201) await peer.setRemoteDescription({ type: 'answer', sdp: text });
      Object.assign(window, { peer, where: answer.headers.get('location') });
      return { status: answer.status, text };
    });

  it('arrives as pictures and sound, smoothly, with key frames', async () => {
    const { status, text } = await publish();
    expect(status, text).to.equal(201);
    if (process.env.SHOW) console.log(text);
    await until('the first key frame', () => unitsOf(collected, 'video').length > 0);
    const from = performance.now();
    await until('three seconds of pictures', () => performance.now() - from > 3_000);
    const pictures = unitsOf(collected, 'video').filter(({ at }) => at >= from && at < from + 3_000);
    if (process.env.SHOW) console.log(pictures.length, collected.tracks, collected.dropped);
    expect(pictures.length).to.be.at.least(60);
    expect(collected.tracks.map(({ codec }) => codec)).to.include.members(['h264', 'opus']);
  });
});
