// Glass to glass: a picture that says when it was made, published each way and read back from a viewer's live room.
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../test/support/browser.ts';
import { median } from '../support/figures.ts';
import { publishClock } from './clock-encoder.ts';
import { clockInPage } from './clock-picture.ts';
import type { Stage } from './stage.ts';

export interface LatencyFigures {
  /** Seconds. */
  readonly p50: number;
  readonly p95: number;
  readonly samples: number;
  /** ms from the first byte of the page's player asked for to the first picture shown. */
  readonly firstFrame: number;
}

export type Way = 'rtmp' | 'whip' | 'recorder';

export async function measureLatency(stage: Stage, way: Way, samples: number): Promise<LatencyFigures> {
  const browser = await openBrowser({ hasCamera: true });
  try {
    return await measureIn(browser, stage, way, samples);
  } finally {
    await browser.close();
    await stage.finish();
  }
}

async function measureIn(browser: Browser, stage: Stage, way: Way, samples: number): Promise<LatencyFigures> {
  const publisher = await publish[way](stage, browser);
  await stage.run();
  // A viewer who comes while it is on: what they wait for is the player, not the encoder.
  await delay(3_000);
  const page = await openRoom(stage, browser);
  const firstFrame = await page.evaluate<number>(untilFirstFrame);
  await delay(5_000);
  const read = await readAges(page, samples);
  await publisher.stop();
  const good = read.filter((value) => value !== null).sort((one, other) => one - other);
  if (good.length < samples / 2)
    throw new Error(`${way}: only ${good.length} of ${samples} pictures were readable`);
  return {
    p50: median(good) / 1_000,
    p95: (good[Math.floor(good.length * 0.95)] ?? NaN) / 1_000,
    samples: good.length,
    firstFrame,
  };
}

async function openRoom(stage: Stage, browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  const [name = '', value = ''] = stage.viewer.cookie.split('=');
  await context.addCookies([{ name, value, url: stage.product.url }]);
  const page = await context.newPage();
  await page.addInitScript(clockInPage);
  await page.addInitScript(`
    new MutationObserver(() => {
      const video = document.querySelector('video');
      if (!video || window.playerSince) return;
      window.playerSince = performance.now();
      video.requestVideoFrameCallback(() => (window.firstFrameAt = performance.now()));
    }).observe(document, { childList: true, subtree: true });
  `);
  await page.goto(`${stage.product.url}/events/${stage.day.slug}/live`);
  return page;
}

const untilFirstFrame = `new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('No picture came: ' + document.querySelector('main').innerText)), 30_000);
  const look = () => window.firstFrameAt ? resolve(window.firstFrameAt - window.playerSince) : setTimeout(look, 20);
  look();
})`;

/** Ages of pictures, in ms; null where one could not be read. A picture is read at any time while it is shown. */
async function readAges(page: Page, samples: number): Promise<(number | null)[]> {
  const found: (number | null)[] = [];
  while (found.length < samples) {
    await delay(217);
    const age = page.evaluate<number | null>(`(() => {
      const madeAt = readClock(document.querySelector('video'));
      return madeAt === null ? null : Date.now() - madeAt;
    })()`);
    found.push(
      await Promise.race([age, delay(10_000).then(() => Promise.reject(new Error('The page hangs')))]),
    );
  }
  return found;
}

interface Publication {
  stop(): Promise<unknown>;
}

const publish: Record<Way, (stage: Stage, browser: Browser) => Promise<Publication>> = {
  rtmp: (stage) => Promise.resolve(publishClock(stage.publishTo)),
  whip: (stage, browser) =>
    publishFromPage(
      stage,
      browser,
      `
      const peer = new RTCPeerConnection();
      for (const track of programme.getTracks()) peer.addTransceiver(track, { direction: 'sendonly', streams: [programme] });
      await peer.setLocalDescription();
      const answer = await fetch('/live/whip', { method: 'POST', body: peer.localDescription.sdp,
        headers: { 'Content-Type': 'application/sdp', Authorization: 'Bearer ' + key } });
      if (answer.status !== 201) throw new Error(await answer.text());
      await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
      for (const sender of peer.getSenders()) {
        const parameters = sender.getParameters();
        for (const encoding of parameters.encodings) if (sender.track.kind === 'video') encoding.maxBitrate = 2_500_000;
        await sender.setParameters({ ...parameters, degradationPreference: 'maintain-resolution' });
      }
      window.peer = peer;`,
    ),
  recorder: (stage, browser) =>
    publishFromPage(
      stage,
      browser,
      `
      const line = new WebSocket(location.origin.replace('http', 'ws') + '/live/recorder?ticket=' + encodeURIComponent(ticket));
      await new Promise((resolve, reject) => { line.onmessage = resolve; line.onclose = ({ reason }) => reject(new Error(reason)); });
      const recorder = new MediaRecorder(programme, { mimeType: 'video/mp4;codecs=avc1.42E01F,opus',
        videoBitsPerSecond: 1_800_000, audioBitsPerSecond: 96_000, videoKeyFrameIntervalDuration: 1_000 });
      recorder.ondataavailable = ({ data }) => line.send(data);
      recorder.start(300);
      window.recorder = recorder;`,
    ),
};

async function publishFromPage(stage: Stage, browser: Browser, how: string): Promise<Publication> {
  const page = await browser.newPage();
  await page.addInitScript(clockInPage);
  await page.goto(stage.product.url);
  await page.evaluate(`(async (key, ticket) => {
    const canvas = document.createElement('canvas');
    canvas.width = 1280; canvas.height = 720;
    const context = canvas.getContext('2d');
    setInterval(() => {
      context.fillStyle = 'hsl(' + (performance.now() / 20) % 360 + ' 60% 40%)';
      context.fillRect(0, 80, 1280, 640);
      paintClock(context, 1280, 720);
    }, 1000 / 30);
    const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    const programme = new MediaStream([...canvas.captureStream(30).getTracks(), ...sound.getAudioTracks()]);
    ${how}
  })(${JSON.stringify(stage.key)}, ${JSON.stringify(stage.ticket())})`);
  return { stop: () => page.close() };
}
