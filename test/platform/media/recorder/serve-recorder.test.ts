import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { WebSocket as Line } from 'ws';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import type { PublishAnswer } from '../../../../server/platform/media/publishing.ts';
import {
  serveRecorder,
  type RecorderServer,
} from '../../../../server/platform/media/recorder/serve-recorder.ts';
import { openBrowser } from '../../../support/browser.ts';
import { until } from '../../../support/until.ts';
import { collectingAdmit, unitsOf } from '../whip/collecting-admit.ts';

const recording = readFileSync(new URL('fixture.mp4', import.meta.url));

describe('the address of the recorder', function () {
  this.timeout(40_000);
  let server: Server;
  let recorder: RecorderServer;
  let admitted = collectingAdmit();
  let host = '';
  const logged: string[] = [];

  async function open(refusal?: Extract<PublishAnswer, { ok: false }>, silentMs = 5_000) {
    admitted = collectingAdmit(refusal);
    const logger = createLogger('debug', { write: (line) => void logged.push(line) });
    recorder = serveRecorder({
      admit: admitted.admit,
      logger,
      limits: { silentMs, mostMessageBytes: 200_000 },
    });
    server = createServer((_request, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>A page</title>'),
    );
    server.on('upgrade', (request, connection, head) => {
      if (!recorder.upgrade(request, connection, head)) connection.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  afterEach(async () => {
    await recorder.close();
    server.close();
  });

  /** Sends each message once the server is ready, and resolves with how it was closed. */
  function send(path: string, ...messages: (Buffer | string)[]) {
    const line = new Line(`ws://${host}${path}`);
    return new Promise<{ code: number; reason: string }>((resolve, reject) => {
      line.on('error', reject);
      line.on('message', () => {
        for (const message of messages) line.send(message);
      });
      line.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  it('takes a recording in, and ends when the page says so', async () => {
    await open();
    const closed = await send(
      '/live/recorder?ticket=a-ticket',
      recording.subarray(0, 5_000),
      recording.subarray(5_000),
      'finish',
    );
    expect(closed.code).to.equal(1000);
    const { collected } = admitted;
    await until('the input to end', () => collected.closed.length > 0);
    expect(collected.closed).to.deep.equal(['finished']);
    expect(collected.publishers[0]).to.include({ kind: 'recorder', credential: 'a-ticket' });
    expect(unitsOf(collected, 'video').length).to.be.at.least(30);
    expect(logged.join()).to.not.include('a-ticket');
  });

  it('closes with a reason for junk, for words, for too much at once and for silence', async () => {
    await open(undefined, 600);
    const path = '/live/recorder?ticket=a-ticket';
    for (const [messages, code, words] of [
      [[Buffer.from('not a recording at all')], 1003, 'no MP4'],
      [['hello'], 1008, 'Only “finish”'],
      [[Buffer.alloc(300_000)], 1009, ''],
      [[], 4408, 'Nothing came'],
    ] as const) {
      const closed = await send(path, ...messages);
      expect(closed.code).to.equal(code);
      expect(closed.reason).to.include(words);
    }
    expect((await send('/live/recorder')).code).to.equal(1008);
    await until('all inputs to end', () => admitted.collected.closed.length === 4);
    expect(admitted.collected.closed).to.not.include('finished');
  });

  it('hands on why a ticket is not let in, and why who was let in is cut', async () => {
    await open({ ok: false, reason: 'busy', message: 'Somebody else is on air here: “ÄÖÜ”'.repeat(5) });
    const closed = await send('/live/recorder?ticket=a-ticket');
    expect(closed.code).to.equal(4409);
    expect(closed.reason).to.match(/^Somebody else is on air here/);
    await recorder.close();
    server.close();
    await open();
    const waiting = send('/live/recorder?ticket=a-ticket', recording);
    await until('the recording to come in', () => admitted.collected.units.length > 0);
    admitted.collected.publishers[0]!.cut('The organiser ended it.');
    expect(await waiting).to.deep.equal({ code: 4410, reason: 'The organiser ended it.' });
  });

  it('takes in what a real browser records', async () => {
    await open();
    const browser = await openBrowser({ hasCamera: true });
    try {
      const page = await browser.newPage();
      await page.goto(`http://${host}/`);
      await page.evaluate(async () => {
        const media = await navigator.mediaDevices.getUserMedia({ video: { frameRate: 30 }, audio: true });
        const line = new WebSocket(`ws://${location.host}/live/recorder?ticket=a-ticket`);
        await new Promise((resolve) => void (line.onmessage = resolve));
        const options = {
          mimeType: 'video/mp4;codecs=avc1.42E01F,opus',
          videoKeyFrameIntervalDuration: 1_000,
        };
        const recorder = new MediaRecorder(media, options);
        recorder.ondataavailable = ({ data }) => line.send(data);
        recorder.start(300);
      });
      const { collected } = admitted;
      const pictures = () => unitsOf(collected, 'video');
      await until('the first picture', () => pictures().length > 0);
      const from = pictures()[0]!.at;
      await until('three seconds', () => pictures().at(-1)!.dts > 3 * 90_000);
      expect(pictures().at(-1)!.at - from).to.be.below(5_000);
      expect(pictures().filter(({ dts }) => dts >= 90_000 && dts < 3 * 90_000).length).to.be.at.least(40);
      expect(collected.tracks.map(({ codec }) => codec)).to.have.members(['h264', 'opus']);
      const keys = pictures().filter(({ isKey }) => isKey);
      expect(keys.length).to.be.at.least(2);
      for (const [index, key] of keys.slice(1).entries())
        expect(key.dts - keys[index]!.dts).to.be.at.most(2 * 90_000);
    } finally {
      await browser.close();
    }
  });
});
