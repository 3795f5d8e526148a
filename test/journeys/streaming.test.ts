import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeWatchPath, replayScope } from '../../server/platform/media/origin/path-token.ts';
import { findStreamOfStage } from '../../server/streams/stream.queries.ts';
import { seedLiveDay } from '../live/live-day.ts';
import { giveKey } from '../streams/stream-day.ts';
import { pushTestCard, startMediaProcess, type MediaProcess } from '../support/media-process.ts';
import { freePort, openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

const secretKey = 'ab'.repeat(32);

/** Segments of a playlist in order, with what stands before each. */
const segmentsOf = (playlist: string) =>
  [
    ...playlist.matchAll(/^(?:(?!#EXTINF)[^\n]*\n)*?#EXTINF:([\d.]+),[^\n]*\n(?:#[^\n]*\n)*([^#\n][^\n]*)/gm),
  ].map(([, seconds = '', uri = '']) => ({
    seconds: Number(seconds),
    name: uri.split('/').at(-1) ?? '',
    uri,
  }));
const whenOf = (playlist: string) =>
  [...playlist.matchAll(/#EXT-X-PROGRAM-DATE-TIME:(\S+)/g)].map(([, at = '']) => Date.parse(at));

describe('a stream, from an encoder to those who watch', function () {
  this.timeout(60_000);
  let product: Product;
  let media: MediaProcess | null = null;
  let dataDirectory: string;
  let eventId: string;
  let stream: { key: string; streamId: string };

  before(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-media-'));
    const port = await freePort();
    const environment = { MEDIA_URL: `http://127.0.0.1:${port}` };
    product = await openProduct({ worker: false, now: new Date().toISOString(), environment });
    ({ eventId } = await seedLiveDay(product.clock.now()));
    stream = await giveKey(product, eventId);
  });
  after(async () => {
    await media?.kill();
    await product.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const start = async () => {
    const port = Number(new URL(product.deps.config.media.url).port);
    media = await startMediaProcess({ dataDirectory, secretKey, webUrl: product.url, port });
    return media;
  };
  const push = (to: MediaProcess, seconds: number, key = stream.key) =>
    pushTestCard(`rtmp://127.0.0.1:${to.rtmpPort}/live/${key}`, seconds);
  const watch = (scope = stream.streamId) =>
    `${product.url}${makeWatchPath(product.deps.secrets, { scope, viewer: 'ada', expiresAt: Date.now() + 60_000 })}`;
  const read = async (url: string) => {
    const answer = await fetch(url);
    return answer.ok ? answer.text() : null;
  };
  const runOf = async () => (await findStreamOfStage(eventId, 'main'))?.runId ?? null;

  it('is away in words until the media process is there', async () => {
    const answer = await fetch(`${watch()}run-000001/main.m3u8`);
    expect(answer.status).to.equal(502);
    expect(await answer.json())
      .to.have.property('detail')
      .that.includes('come back');
  });

  it('is watched two seconds later, goes on after the media process was killed, and is recorded whole', async () => {
    const startedAt = Date.now();
    const first = await start();
    const refused = push(first, 5, 'not-a-key');
    const encoder = push(first, 30);
    const runId = await until('the run', runOf);
    const live = `${watch()}${runId}/`;
    const main = await until('the rungs', () => read(`${live}main.m3u8`));
    expect(main).to.include('source/live.m3u8').and.to.include('RESOLUTION=320x180');

    // What a player does: each request waits for the next part.
    const playlist = `${live}source/live.m3u8`;
    let text = await until('a segment', async () => {
      const now = await read(playlist);
      return now?.includes('#EXTINF') ? now : false;
    });
    for (let turn = 0; turn < 3; turn += 1) {
      const [, uri = '', msn, part] = /PRELOAD-HINT:TYPE=PART,URI="(s(\d+)\.p(\d+)\.m4s)"/.exec(text) ?? [];
      text = (await read(`${playlist}?_HLS_msn=${msn}&_HLS_part=${part}`)) ?? '';
      expect(text).to.include(`URI="${uri}"`);
      expect((await fetch(`${live}source/${uri}`)).status).to.equal(200);
      const parts = [...text.matchAll(/#EXT-X-PART:DURATION=([\d.]+)/g)].map(([, seconds]) =>
        Number(seconds),
      );
      expect(Math.max(...parts)).to.be.at.most(0.5);
    }
    const tail = text.slice(text.lastIndexOf('#EXT-X-PROGRAM-DATE-TIME'));
    const tailSeconds = [...tail.matchAll(/(?:PART:DURATION=)([\d.]+)/g)].reduce(
      (sum, [, s]) => sum + Number(s),
      0,
    );
    const behind = Date.now() - ((whenOf(text).at(-1) ?? 0) + tailSeconds * 1_000);
    expect(behind).to.be.below(2_000);
    await refused.ended;
    expect(refused.exitCode).not.to.equal(0);

    const before = segmentsOf((await read(`${playlist}?dvr=1`)) ?? '');
    await first.kill();
    encoder.kill('SIGKILL');
    const second = await start();
    const again = push(second, 4);
    await until('a segment after the kill', async () => {
      const now = (await read(`${playlist}?dvr=1`)) ?? '';
      return now.includes('#EXT-X-DISCONTINUITY\n') && segmentsOf(now).length > before.length;
    });
    await again.ended;
    expect(await runOf()).to.equal(runId);
    const afterwards = segmentsOf((await read(`${playlist}?dvr=1`)) ?? '').map(({ name }) => name);
    expect(afterwards.slice(0, before.length)).to.deep.equal(before.map(({ name }) => name));

    expect(await product.deps.media.ask('finish', { streamId: stream.streamId })).to.include({ ok: true });
    expect(await read(playlist)).to.include('#EXT-X-ENDLIST');
    const [from, to] = [startedAt, Date.now()];
    const recorded = await until('the recording', async () => {
      const asked = await product.deps.media.ask('recorded', { streamId: stream.streamId, from, to });
      return asked.ok && asked.answer.isWhole ? asked.answer : false;
    });
    const replayPath = watch(replayScope(stream.streamId, from, to));
    const replay = (await read(`${replayPath}source.m3u8`)) ?? '';
    const kept = segmentsOf(replay);
    expect(kept.map(({ name }) => name)).to.deep.equal(afterwards);
    expect(whenOf(replay)).to.deep.equal([...whenOf(replay)].sort((a, b) => a - b));
    const sent = kept.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(sent).to.be.within(recorded.durationMs / 1_000 - 0.5, recorded.durationMs / 1_000 + 0.5);
    for (const { uri } of [kept[0], kept.at(-1)].flatMap((one) => one ?? []))
      expect((await fetch(`${replayPath}${uri}`)).status, uri).to.equal(200);
    expect(second.output() + first.output()).not.to.include(stream.key);
    expect(await second.stop()).to.equal(0);
  });
});
