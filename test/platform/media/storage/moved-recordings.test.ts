import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { listen } from '../../../../server/platform/http/listen.ts';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import {
  createPathChecker,
  makeWatchPath,
  replayScope,
} from '../../../../server/platform/media/origin/path-token.ts';
import { serveOrigin } from '../../../../server/platform/media/origin/serve-origin.ts';
import { createSecretBox } from '../../../../server/platform/secrets/secret-box.ts';
import { until } from '../../../support/until.ts';
import { runId, streamId } from '../packaging/made-run.ts';
import { at, makeInstallation, range, type Installation, type Kept } from './kept-in-s3.ts';

const secrets = createSecretBox('ab'.repeat(32));

describe('recordings that are in S3 alone', () => {
  let here: Installation;
  const stops: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    here = await makeInstallation();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await here.close();
  });

  /** What viewers reach; the address of the replay of the first 20 s. */
  async function serve({ storage, recordings }: Kept): Promise<string> {
    const origin = serveOrigin({
      ...{ checker: createPathChecker(secrets, Date.now), now: Date.now, logger: createLogger('silent') },
      ...{ isBehindCdn: false, renditions: () => null, saw: () => undefined, recordings, storage },
    });
    const listening = await listen(createServer(origin), { host: '127.0.0.1', port: 0 });
    stops.push(() => listening.stop());
    const scope = replayScope(streamId, at(0), at(20), { tag: 'replay-0001', fileId: 'file-0001' });
    const pass = { scope, viewer: 'viewer-1', expiresAt: Date.now() + 600_000 };
    return `http://127.0.0.1:${listening.port}${makeWatchPath(secrets, pass)}`;
  }
  /** Recorded and made into a file, uploaded, and then for so long that nothing is left on the disk. */
  async function moveAway(kept: Kept): Promise<void> {
    await here.record(2, kept.storage);
    await kept.recordings.makeFile(range(0, 20), 'file-0001');
    await here.allUploaded();
    await until('the file', () => here.s3.objects.has(`plenary/live/${streamId}/files/uploaded.ndjson`));
    here.passHours(25);
    await kept.storage.look();
  }
  const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

  it('stay on the disk as well until they have been there long enough', async () => {
    const kept = await here.start();
    await here.record(2, kept.storage);
    await here.allUploaded();
    here.passHours(23);
    await kept.storage.look();
    expect(await here.localNames(runId, 'source')).to.have.length(6);
    here.passHours(2);
    await kept.storage.look();
    expect(await here.localNames(runId, 'source')).to.deep.equal([]);
    expect(await here.localNames(runId)).to.include.members(['index.ndjson', 'uploaded.ndjson']);
  });

  it('are never deleted here before they are there', async () => {
    here.s3.behave = (method, key) => (method === 'PUT' && key.endsWith('s2.m4s') ? 400 : 'answer');
    const kept = await here.start({ keepHours: 0 });
    await here.record(2, kept.storage);
    await here.allUploaded();
    await kept.storage.look();
    expect(await here.localNames(runId, 'source')).to.deep.equal(['s2.m4s']);
    expect(kept.logLines.join('')).to.include('S3 does not take a file; it stays on the local disk');
  });

  it('play as before: the playlists, every piece, and the file by ranges under the same ETag', async () => {
    const kept = await here.start();
    const base = await serve(kept);
    await here.record(2, kept.storage);
    await kept.recordings.makeFile(range(0, 20), 'file-0001');
    const playlist = await (await fetch(`${base}source.m3u8`)).text();
    const uris = [...new Set(playlist.match(new RegExp(`${runId}/source/[\\w.-]+`, 'g')))];
    const read = async () => {
      const pieces = await Promise.all(uris.map(async (uri) => bytesOf(await fetch(base + uri))));
      const file = await fetch(`${base}file/file-0001.mp4?download`);
      return { pieces, etag: file.headers.get('etag'), bytes: await bytesOf(file) };
    };
    const before = await read();
    await here.allUploaded();
    await until('the file', () => here.s3.objects.has(`plenary/live/${streamId}/files/uploaded.ndjson`));
    here.passHours(25);
    await kept.storage.look();
    expect(await here.localNames('files')).not.to.include('file-0001.mp4');
    here.s3.asked.length = 0;
    expect(uris).to.have.length(6);
    expect(await read()).to.deep.equal(before);
    expect(here.s3.asked.filter(({ method }) => method === 'GET')).to.have.length(7);
    expect(await (await fetch(`${base}source.m3u8`)).text()).to.equal(playlist);

    const part = await fetch(`${base}file/file-0001.mp4`, {
      headers: { range: 'bytes=100-299', 'if-range': before.etag ?? '' },
    });
    expect(part.status).to.equal(206);
    expect(part.headers.get('content-range')).to.equal(`bytes 100-299/${before.bytes.length}`);
    expect((await bytesOf(part)).equals(before.bytes.subarray(100, 300))).to.equal(true);
    expect(here.s3.asked.at(-1)?.range).to.equal('bytes=100-299');
    const outside = await fetch(`${base}file/file-0001.mp4`, { headers: { range: 'bytes=999999999-' } });
    expect(outside.status).to.equal(416);
    const head = await fetch(`${base}file/file-0001.mp4`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).to.equal(String(before.bytes.length));
    expect(head.headers.get('etag')).to.equal(before.etag);
  });

  it('are made into another file, while the first is not made again', async () => {
    const kept = await here.start();
    await moveAway(kept);
    const made = here.s3.objects.get(`plenary/live/${streamId}/files/file-0001.mp4`)?.bytes.length;
    expect((await kept.recordings.makeFile(range(0, 20), 'file-0001'))?.bytes).to.equal(made);
    expect(await here.localNames('files')).not.to.include('file-0001.mp4');
    const other = await kept.recordings.makeFile(range(0, 20), 'file-0002');
    expect(other?.bytes).to.equal(made);
    here.s3.behave = () => 503;
    const failure = await kept.recordings.makeFile(range(0, 20), 'file-0003').catch(String);
    expect(failure, 'no film with holes in it').to.include('StorageAway');
  });

  it('have their captions again once S3 answers, which is asked for later until then', async () => {
    const kept = await here.start();
    const base = await serve(kept);
    await moveAway(kept);
    here.s3.behave = () => 503;
    const away = await fetch(`${base}captions.m3u8`);
    expect([away.status, away.headers.get('retry-after')]).to.deep.equal([503, '5']);
    here.s3.behave = () => 'answer';
    const list = await fetch(`${base}captions.m3u8`);
    expect(list.status).to.equal(200);
    expect(await list.text()).to.include('.vtt');
  });

  it('are not found when S3 has lost them, and asked for later while it does not answer', async () => {
    const kept = await here.start();
    const base = await serve(kept);
    await moveAway(kept);
    const piece = `${base}${runId}/source/s1.m4s`;
    for (const how of [503, 'hang', 403] as const) {
      here.s3.behave = () => how;
      for (const url of [piece, `${base}file/file-0001.mp4`]) {
        const away = await fetch(url);
        expect(away.status, String(how)).to.equal(503);
        expect(away.headers.get('retry-after')).to.equal('5');
        expect(away.headers.get('cache-control')).to.equal('no-store');
      }
    }
    here.s3.behave = () => 'cut';
    const half = await fetch(piece).then(bytesOf).catch(String);
    expect(half, 'half a piece is not passed off as one').to.include('terminated');
    here.s3.behave = () => 'answer';
    expect((await fetch(piece)).status).to.equal(200);
    const key = `plenary/live/${streamId}/${runId}/source/s1.m4s`;
    here.s3.objects.set(key, { bytes: Buffer.from('other'), type: '' });
    expect((await fetch(piece)).status, 'another object in its place').to.equal(404);
    here.s3.objects.clear();
    for (const url of [piece, `${base}file/file-0001.mp4`]) {
      const lost = await fetch(url);
      expect(lost.status).to.equal(404);
      expect(lost.headers.get('cache-control')).to.equal('no-store');
    }
  });

  it('are not looked through again by the next process', async () => {
    const kept = await here.start();
    await moveAway(kept);
    await kept.stop();
    const notes = await readFile(join(here.directory, 'live', streamId, runId, 'uploaded.ndjson'), 'utf8');
    expect(notes.trim().split('\n').at(-1)).to.include('"kind":"moved"');
    here.s3.asked.length = 0;
    const next = await here.start();
    await next.storage.look();
    expect(here.s3.asked.filter(({ method }) => method === 'PUT')).to.deep.equal([]);
    const base = await serve(next);
    expect((await fetch(`${base}${runId}/source/s1.m4s`)).status).to.equal(200);
  });

  it('are found again on an empty disk, from the notes that are in S3 beside them', async () => {
    await moveAway(await here.start());
    const other = await makeInstallation();
    try {
      for (const [key, { bytes }] of here.s3.objects) {
        other.s3.objects.set(key, { bytes, type: '' });
        const path = join(other.directory, key.replace('plenary/', ''));
        mkdirSync(dirname(path), { recursive: true });
        if (key.endsWith('.ndjson')) writeFileSync(path, bytes);
      }
      const base = await serve(await other.start());
      const file = await fetch(`${base}file/file-0001.mp4`);
      expect((await bytesOf(file)).toString('latin1', 4, 8)).to.equal('ftyp');
      expect((await fetch(`${base}${runId}/source/s1.m4s`)).status).to.equal(200);
    } finally {
      await other.close();
    }
  });
});
