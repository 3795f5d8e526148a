import { createSocket } from 'node:dgram';
import { once } from 'node:events';
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

  /** `port`: where the browser finds the server, when that is not where it is. */
  const publish = (port: number | null = null) =>
    page.evaluate(async (relay) => {
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
      const candidate = `a=candidate:1 1 udp 2130706431 127.0.0.1 ${relay} typ host`;
      const sdp = relay === null ? text : text.replaceAll(/^a=candidate.*$/gm, candidate);
      if (answer.status === 201) await peer.setRemoteDescription({ type: 'answer', sdp });
      Object.assign(window, { peer, where: answer.headers.get('location') });
      return { status: answer.status, text };
    }, port);

  it('arrives as pictures and sound, smoothly, with key frames', async () => {
    const { status, text } = await publish();
    expect(status, text).to.equal(201);
    await until('the first key frame', () => unitsOf(collected, 'video').some(({ isKey }) => isKey));
    const from = performance.now();
    const inTime = () => unitsOf(collected, 'video').filter(({ at }) => at >= from && at < from + 3_000);
    await until('three seconds of pictures', () => performance.now() - from > 3_000, 5_000);
    expect(inTime().length).to.be.at.least(60);
    expect(collected.tracks.map(({ codec }) => codec)).to.have.members(['h264', 'opus']);
    expect(collected.tracks.find(({ kind }) => kind === 'video')).to.include({ width: 640, height: 360 });
    for (const kind of ['video', 'audio'] as const) {
      const times = unitsOf(collected, kind).map(({ dts }) => dts);
      expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).to.equal(true);
    }
    const keys = unitsOf(collected, 'video').filter(({ isKey }) => isKey);
    await until(
      'the next key frames',
      () => unitsOf(collected, 'video').filter(({ isKey }) => isKey).length > 2,
    );
    for (const [index, key] of keys.slice(1).entries())
      expect(key.dts - keys[index]!.dts).to.be.at.most(2.5 * 90_000);
    // Sound and picture were made at once: their clocks agree.
    const [picture, sound] = [unitsOf(collected, 'video').at(-1)!, unitsOf(collected, 'audio').at(-1)!];
    expect(Math.abs(picture.dts - sound.dts)).to.be.below(0.5 * 90_000);
  });

  it('is asked for a key frame, and gives one', async () => {
    const before = unitsOf(collected, 'video').length;
    await until(
      'half a second to pass',
      () => {
        collected.publishers[0]!.requestKeyFrame?.();
        return unitsOf(collected, 'video')
          .slice(before)
          .some(({ isKey }) => isKey);
      },
      2_000,
    );
  });

  it('hears why it was cut, and nothing of it goes on', async () => {
    collected.publishers[0]!.cut('The organiser ended it.');
    expect(collected.closed).to.deep.equal(['lost']);
    const said = await page.evaluate(async () => {
      const { where } = window as unknown as { where: string };
      const [stranger, own] = await Promise.all(
        ['another', 'a-key'].map((key) =>
          fetch(where, { method: 'DELETE', headers: { Authorization: `Bearer ${key}` } }),
        ),
      );
      if (!stranger || !own) throw new Error('No answer');
      return { stranger: stranger.status, own: own.status, text: await own.text() };
    });
    expect(said).to.include({ stranger: 404, own: 410 });
    expect(said.text).to.include('The organiser ended it.');
  });

  it('ends by its own will', async () => {
    expect((await publish()).status).to.equal(201);
    const status = await page.evaluate(async () => {
      const { where } = window as unknown as { where: string };
      return (await fetch(where, { method: 'DELETE', headers: { Authorization: 'Bearer a-key' } })).status;
    });
    expect(status).to.equal(200);
    expect(collected.closed).to.deep.equal(['lost', 'finished']);
  });

  it('loses no picture where the network loses three packets in a hundred: they are asked for again', async () => {
    const [outside, inside] = [createSocket('udp4'), createSocket('udp4')];
    let count = 0;
    outside.on('message', (packet, from) => {
      inside.removeAllListeners('message');
      inside.on('message', (back) => outside.send(back, from.port, from.address));
      if ((count += 1) % 33 !== 0) inside.send(packet, whip.udpPort ?? 0, '127.0.0.1');
    });
    outside.bind(0, '127.0.0.1');
    await once(outside, 'listening');
    const [before, dropped] = [unitsOf(collected, 'video').length, collected.dropped];
    expect((await publish(outside.address().port)).status).to.equal(201);
    const pictures = () => unitsOf(collected, 'video').slice(before);
    await until('the first key frame', () => pictures().some(({ isKey }) => isKey));
    await until('three seconds', () => pictures().at(-1)!.dts - pictures()[0]!.dts > 3 * 90_000);
    expect(count).to.be.above(100);
    expect(pictures().length).to.be.at.least(80);
    // Sound is not asked for again.
    expect(collected.dropped - dropped).to.be.at.most(20);
    outside.close();
    inside.close();
  });
});
