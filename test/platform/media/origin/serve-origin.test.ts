import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { listen } from '../../../../server/platform/http/listen.ts';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import { serveOrigin } from '../../../../server/platform/media/origin/serve-origin.ts';
import {
  createPathChecker,
  makePathToken,
  makeWatchPath,
  replayScope,
} from '../../../../server/platform/media/origin/path-token.ts';
import type { Recording } from '../../../../server/platform/media/recording/recording.ts';
import type { Rendition, RenditionInfo } from '../../../../server/platform/media/rendition.ts';
import { createSecretBox } from '../../../../server/platform/secrets/secret-box.ts';
import { until } from '../../../support/until.ts';

const secrets = createSecretBox('ab'.repeat(32));
const start = Date.parse('2026-11-24T09:00:00Z');
const [streamId, runId] = ['stream-0001', 'run-000001'];
const segment = Buffer.from('a whole segment');

describe('the origin of pictures', () => {
  let now = start;
  let base = '';
  let publish: (how: 'published' | 'late' | 'too-far') => void = () => undefined;
  const asked: (number | null)[][] = [];
  const seen: string[] = [];
  const closed: (string | undefined)[] = [];
  const stops: (() => Promise<void> | void)[] = [];
  const checker = createPathChecker(secrets, () => now);
  let isDescribed = true;
  /** Besides the source. */
  let others: Rendition[] = [];
  let changes: Partial<RenditionInfo> = {};
  const source: Rendition = {
    name: 'source',
    describe: () =>
      isDescribed
        ? {
            ...{ peakBandwidth: 2_600_000, meanBandwidth: 2_400_000.4, codecs: 'avc1.64001f,mp4a.40.2' },
            ...{ width: 1280, height: 720, frameRate: 30 },
            ...changes,
          }
        : null,
    playlist: ({ skip, dvr }) => `#EXTM3U\n#skip ${skip} dvr ${dvr}\n${'s1.m4s\n'.repeat(100)}`,
    whenPublished: (msn, part) => {
      asked.push([msn, part]);
      return new Promise((resolve) => (publish = resolve));
    },
    object: (name) => Promise.resolve(name === 's1.m4s' || name === 'init-0.mp4' ? segment : null),
  };
  const recording: Recording = {
    ...{ durationMs: 1, bytes: 1, isWhole: true, holes: [], rungs: ['source'] },
    multivariant: () => '#EXTM3U main',
    playlist: (rung) => (rung === 'source' ? '#EXTM3U source' : null),
    captions: (base) => Promise.resolve(`#EXTM3U ${base}`),
    object: (run, _rung, name) => Promise.resolve(run === runId && name === 's1.m4s' ? segment : null),
    pathOf: () => null,
  };

  before(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plenary-origin-'));
    for (const name of ['file-00001.mp4', 'file-00001-1.jpg', 'file-00002.mp4', 'file-00002-1.jpg'])
      writeFileSync(join(folder, name), '0123456789');
    writeFileSync(join(folder, 'long-00001.mp4'), Buffer.alloc(64 * 2 ** 20));
    const origin = serveOrigin({
      ...{ checker, now: () => now, logger: createLogger('silent'), isBehindCdn: false },
      renditions: (stream, run) => (stream === streamId && run === runId ? [source, ...others] : null),
      recordings: {
        readRecording: () => Promise.resolve(recording),
        pathOfFile: (_streamId, name) => join(folder, name),
      },
      saw: (_streamId, viewer) => void seen.push(viewer),
    });
    const server = createServer((request, response) => {
      response.on('close', () => closed.push(request.url));
      origin(request, response);
    });
    const listening = await listen(server, { host: '127.0.0.1', port: 0 });
    base = `http://127.0.0.1:${listening.port}`;
    stops.push(
      () => listening.stop(),
      () => rmSync(folder, { recursive: true }),
    );
  });
  after(async () => {
    for (const stop of stops) await stop();
  });
  beforeEach(() => (now += 60_000));

  const watch = (viewer = 'viewer-1', scope = streamId) =>
    makeWatchPath(secrets, { scope, viewer, expiresAt: now + 600_000 });
  const get = (path: string, init: RequestInit = {}) => fetch(`${base}${path}`, init);
  /** As it is, where `fetch` would tidy the path first. */
  const rawStatus = (path: string) =>
    new Promise<number | undefined>((resolve, reject) =>
      httpRequest(base, { path }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end(),
    );

  it('offers the rungs of a run, each with what it needs', async () => {
    const answer = await get(`${watch()}${runId}/main.m3u8?dvr=1`);
    expect(answer.headers.get('content-type')).to.equal('application/vnd.apple.mpegurl');
    expect(answer.headers.get('cache-control')).to.equal('private, max-age=1');
    expect(await answer.text()).to.include(
      '#EXT-X-STREAM-INF:BANDWIDTH=2600000,AVERAGE-BANDWIDTH=2400001,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30.000\nsource/live.m3u8?dvr=1\n',
    );
    expect(seen).to.include('viewer-1');
  });

  it('offers sound alone beside a picture, and not beside a source that is nothing else', async () => {
    const sound = { width: null, height: null, frameRate: null, codecs: 'mp4a.40.2' };
    const info = source.describe();
    others = [{ ...source, name: 'audio', describe: () => info && { ...info, ...sound } }];
    const offered = async (info: Partial<RenditionInfo>) => {
      changes = info;
      const text = await (await get(`${watch()}${runId}/main.m3u8`)).text();
      return text.match(/^\w+(?=\/live)/gm);
    };
    expect(await offered({})).to.deep.equal(['source', 'audio']);
    expect(await offered(sound)).to.deep.equal(['source']);
    // Not every browser plays it.
    expect(await offered({ ...sound, codecs: 'opus' })).to.deep.equal(['source', 'audio']);
    [others, changes] = [[], {}];
  });

  it('lets one who comes before the first picture wait for it', async () => {
    isDescribed = false;
    const early = get(`${watch('early')}${runId}/main.m3u8`);
    while (!seen.includes('early')) await new Promise((resolve) => setImmediate(resolve));
    isDescribed = true;
    expect((await early).status).to.equal(200);
  });

  it('gives media for ever and as it is, playlists packed and for a second', async () => {
    const media = await get(`${watch()}${runId}/source/s1.m4s`);
    expect(media.headers.get('cache-control')).to.equal('private, max-age=31536000, immutable');
    expect(media.headers.get('content-encoding')).to.equal(null);
    expect(Buffer.from(await media.arrayBuffer()).equals(segment)).to.equal(true);
    const init = await get(`${watch()}${runId}/source/init-0.mp4`, { method: 'HEAD' });
    expect(init.headers.get('content-type')).to.equal('video/mp4');
    expect(init.headers.get('content-length')).to.equal(String(segment.length));
    const packed = await new Promise<Buffer>((resolve) =>
      httpRequest(
        `${base}${watch()}${runId}/source/live.m3u8`,
        { headers: { 'accept-encoding': 'gzip' } },
        (answer) => void answer.toArray().then((chunks: Buffer[]) => resolve(Buffer.concat(chunks))),
      ).end(),
    );
    expect(gunzipSync(packed).toString()).to.match(/^#EXTM3U\n#skip false dvr false/);
  });

  it('holds a blocking request until the part is there, and says what may be kept', async () => {
    const held = get(`${watch()}${runId}/source/live.m3u8?_HLS_msn=7&_HLS_part=2&_HLS_skip=YES`);
    while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(asked.at(-1)).to.deep.equal([7, 2]);
    publish('published');
    const answer = await held;
    expect(answer.headers.get('cache-control')).to.equal('private, max-age=6');
    expect(await answer.text()).to.include('#skip true');
    for (const [how, status] of [
      ['too-far', 400],
      ['late', 200],
    ] as const) {
      asked.length = 0;
      const next = get(`${watch()}${runId}/source/live.m3u8?_HLS_msn=900`);
      while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
      publish(how);
      expect((await next).status).to.equal(status);
    }
  });

  it('refuses a blocking request that makes no sense', async () => {
    for (const query of ['_HLS_part=1', '_HLS_msn=-1', '_HLS_msn=x', '_HLS_msn=1&_HLS_part=1.5', '_HLS_msn='])
      expect((await get(`${watch()}${runId}/source/live.m3u8?${query}`)).status, query).to.equal(400);
  });

  it('refuses the token of another stream, one that ran out by a second, and one of a person who was sent away', async () => {
    const of = (scope: string, expiresAt: number, viewer = 'viewer-1') =>
      `/live/t/${makePathToken(secrets, { scope, viewer, expiresAt })}/${streamId}/${runId}/main.m3u8`;
    checker.revoke(['banned'], now + 600_000);
    const refused = {
      'does not open': of('stream-0002', now + 600_000),
      'has run out': of(streamId, now - 1_000),
      'cannot watch': of(streamId, now + 600_000, 'banned'),
    };
    for (const [words, path] of Object.entries(refused)) {
      const answer = await get(path);
      expect(answer.status, words).to.equal(403);
      expect(answer.headers.get('content-type')).to.equal('application/problem+json');
      expect(answer.headers.get('cache-control')).to.equal('no-store');
      expect(((await answer.json()) as { detail: string }).detail).to.include(words);
    }
    expect((await get(of(streamId, now + 1_000))).status).to.equal(200);
  });

  it('follows no way out of the stream', async () => {
    const path = watch();
    expect(await rawStatus(`${path}../${streamId}/${runId}/main.m3u8`)).to.equal(403);
    expect(await rawStatus(`${path}${runId}/source/..%2f..%2fsecret-key`)).to.equal(403);
    expect(await rawStatus(`${path}${runId}//main.m3u8`)).to.equal(403);
    expect(await rawStatus(`${path}${runId}/source/init-0.mp4/x`)).to.equal(404);
    expect(await rawStatus(`${path}${runId}/source/\u00e4.m4s`.replace('\u00e4', '~'))).to.equal(404);
  });

  it('keeps nobody from asking again for what is not there yet', async () => {
    for (const rest of [`${runId}/source/s9.m4s`, `${runId}/480p/live.m3u8`, 'run-999999/main.m3u8', 'x']) {
      const answer = await get(`${watch()}${rest}`);
      expect([answer.status, answer.headers.get('cache-control')], rest).to.deep.equal([404, 'no-store']);
    }
    expect((await get(`${watch()}${runId}/main.m3u8`, { method: 'POST' })).status).to.equal(405);
  });

  it('sends one who asks without end away for a second, and nobody else', async () => {
    const path = `${watch('greedy')}${runId}/source/s1.m4s`;
    const answers = await Promise.all(Array.from({ length: 200 }, () => get(path)));
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).to.be.within(1, 180);
    expect(refused[0]?.headers.get('retry-after')).to.equal('1');
    expect((await get(`${watch('modest')}${runId}/source/s1.m4s`)).status).to.equal(200);
    now += 1_000;
    expect((await get(path)).status).to.equal(200);
  });

  const replay = (fileId: string | null, tag = 'replay-tag-1') =>
    replayScope(streamId, start, start + 60_000, { tag, fileId });

  it('gives the file of one replay to nobody who holds the path of another', async () => {
    const bare = watch('viewer-1', replayScope(streamId, start, start + 60_000));
    for (const path of [bare, watch('viewer-1', replay(null)), watch('viewer-1', replay('file-00001'))])
      for (const name of ['file-00002.mp4', 'file-00002-1.jpg'])
        expect((await get(`${path}file/${name}`)).status, name).to.equal(404);
    for (const name of ['file-00002.mp4', 'file-00002-1.jpg'])
      expect((await get(`${watch('viewer-1', replay('file-00002'))}file/${name}`)).status, name).to.equal(
        200,
      );
    const forged = watch('viewer-1', replay('file-00001')).replace('~file-00001', '~file-00002');
    expect((await get(`${forged}file/file-00002.mp4`)).status).to.equal(403);
  });

  it('ends a film that is under way when its replay is taken back', async () => {
    const path = `${watch('viewer-1', replay('long-00001', 'replay-tag-9'))}file/long-00001.mp4`;
    const answer = await get(path);
    checker.revoke(['replay-tag-9'], now + 600_000);
    // Nobody reads, so that the sender is held up with most of it.
    await until('the line is cut', () => closed.includes(path));
    const ended = await answer.arrayBuffer().then(
      () => 'whole',
      () => 'cut off',
    );
    expect(ended).to.equal('cut off');
    expect((await get(path)).status).to.equal(403);
  });

  it('gives a replay its playlists, its pieces and its file, by ranges', async () => {
    const path = watch('viewer-1', replay('file-00001'));
    expect(await (await get(`${path}main.m3u8`)).text()).to.equal('#EXTM3U main');
    const playlist = await get(`${path}source.m3u8`);
    expect(playlist.headers.get('cache-control')).to.equal('private, max-age=86400');
    expect((await get(`${path}480p.m3u8`)).status).to.equal(404);
    expect((await get(`${path}${runId}/source/s1.m4s`)).status).to.equal(200);
    expect((await get(`${path}${runId}/source/s2.m4s`)).status).to.equal(404);

    const ranges: [range: string, status: number, body: string | null][] = [
      ['bytes=2-4', 206, '234'],
      ['bytes=7-', 206, '789'],
      ['bytes=-2', 206, '89'],
      ['bytes=5-99', 206, '56789'],
      ['bytes=4-2', 416, null],
      ['bytes=10-', 416, null],
      ['lines=1-2', 200, '0123456789'],
    ];
    for (const [range, status, body] of ranges) {
      const answer = await get(`${path}file/file-00001.mp4`, { headers: { range } });
      expect(answer.status, range).to.equal(status);
      if (body !== null) expect(await answer.text(), range).to.equal(body);
    }
    const saved = await get(`${path}file/file-00001.mp4?download=1`);
    expect(saved.headers.get('content-disposition')).to.include('attachment');
    expect((await get(`${path}file/file-00002.mp4`)).status).to.equal(404);
  });
});
