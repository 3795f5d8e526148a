import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { ReplayWatch } from '../../server/contracts/replay.ts';
import { issueCaptionerLink } from '../../server/captions/issue-captioner-link.ts';
import { ReplayModel } from '../../server/replays/replay.model.ts';
import { findStreamOfStage } from '../../server/streams/stream.queries.ts';
import { seedLiveDay, seedMember } from '../live/live-day.ts';
import { press, replayOf } from '../replays/replay-day.ts';
import { giveKey } from '../streams/stream-day.ts';
import { pushTestCard, startMediaProcess, type MediaProcess } from '../support/media-process.ts';
import { freePort, openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

const secretKey = 'ab'.repeat(32);
const run = promisify(execFile);
const system = { kind: 'system', name: 'test' } as const;

describe('a session, from its end to its replay', function () {
  this.timeout(60_000);
  let product: Product;
  let media: MediaProcess;
  let dataDirectory: string;
  let ticking: NodeJS.Timeout;

  before(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-replay-'));
    const port = await freePort();
    product = await openProduct({
      now: new Date().toISOString(),
      environment: { MEDIA_URL: `http://127.0.0.1:${port}` },
    });
    // Pictures come by the clock on the wall, so the product's clock goes with it.
    ticking = setInterval(() => product.clock.set(new Date().toISOString()), 20);
    media = await startMediaProcess({ dataDirectory, secretKey, webUrl: product.url, port });
  });
  after(async () => {
    clearInterval(ticking);
    await media.kill();
    await product.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('plays within five seconds of the end, with its captions, and is a file a little later', async () => {
    const day = await seedLiveDay(product.clock.now());
    const { cookie } = await seedMember(day.organiserId, product.clock.now());
    const { key, streamId } = await giveKey(product, day.eventId);
    const scope = { organiserId: day.organiserId, eventId: day.eventId, stageId: 'main', name: 'Carol' };
    const link = await issueCaptionerLink(system, scope, product.deps);
    const [, sessionId] = day.sessionIds;
    // Live before the encoder comes: what is watched begins with its first picture.
    await press(product, day, sessionId, 'go-live');
    const encoder = pushTestCard(`rtmp://127.0.0.1:${media.rtmpPort}/live/${key}`, 30);
    const began = await until(
      'the run',
      async () => (await findStreamOfStage(day.eventId, 'main'))?.runStartedAt,
    );
    const firstAt = began.getTime();
    await until('four seconds on air', () => Date.now() > firstAt + 4_000);
    await fetch(`${product.url}/api/v1/captions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${link.ok ? link.token : ''}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        captions: [{ text: 'Hello', from: firstAt + 1_000, to: firstAt + 2_000 }],
      }),
    });
    await press(product, day, sessionId, 'end');
    const endedAt = Date.now();

    const read = async (path: string) => {
      const answer = await fetch(product.url + path, { headers: { cookie, accept: 'text/html' } });
      return answer.ok ? answer.text() : null;
    };
    const replay = await until('the replay', () => replayOf(sessionId));
    const path = await until('a path', async () => {
      const text = await read(`/api/replays/${replay._id}/watch`);
      return text && (JSON.parse(text) as ReplayWatch).source.path;
    });
    const main = await until('the picture', () => read(`${path}main.m3u8`));
    const playlist = (await read(`${path}source.m3u8`)) ?? '';
    const pieces = [...playlist.matchAll(/^[^#\n]+\.m4s$/gm)].map(([uri]) => uri);
    expect(main).to.include('source.m3u8');
    expect(playlist).to.include('#EXT-X-ENDLIST').and.include('#EXT-X-PLAYLIST-TYPE:VOD');
    expect(pieces.length).to.be.greaterThan(0);
    for (const uri of pieces) expect((await fetch(product.url + path + uri)).status, uri).to.equal(200);
    expect(Date.now() - endedAt).to.be.below(5_000);
    await until('the file', async () => (await replayOf(sessionId))?.fileStatus === 'ready', 20_000);
    const vtt = await read(`/replays/${replay._id}/captions.vtt`);
    const [, seconds = '', text] = /00:00:(\d\d\.\d{3}) --> \S+\n(.+)/.exec(vtt ?? '') ?? [];
    expect(text).to.equal('Hello');
    expect(Number(seconds)).to.be.closeTo(1, 0.3);
    encoder.kill('SIGKILL');
    const answer = await fetch(`${product.url}/replays/${replay._id}/download`, { headers: { cookie } });
    expect(answer.status).to.equal(200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const { fileBytes } = await ReplayModel.findById(replay._id).orFail().lean();
    expect(bytes.length).to.equal(fileBytes);
    const file = join(dataDirectory, 'download.mp4');
    writeFileSync(file, bytes);
    const { stdout, stderr } = await run('ffprobe', [
      ...['-v', 'error', '-show_entries', 'format=duration:stream=codec_name', '-of', 'json', file],
    ]);
    expect(stderr).to.equal('');
    const probed = JSON.parse(stdout) as { format: { duration: string }; streams: { codec_name: string }[] };
    expect(probed.streams.map(({ codec_name }) => codec_name)).to.have.members(['h264', 'aac']);
    const length = ((replay.to?.getTime() ?? 0) - firstAt) / 1_000;
    expect(Number(probed.format.duration)).to.be.closeTo(length, 0.5);
    expect(streamId).to.equal(replay.streamId);
  });
});
