import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type {
  ControlMessage,
  ControlName,
  MediaMessage,
} from '../../../../server/contracts/media-control.ts';
import { listen } from '../../../../server/platform/http/listen.ts';
import { createControlClient } from '../../../../server/platform/media/control/control-client.ts';
import type { FlvTag } from '../../../../server/platform/media/flv/flv-tag.ts';
import { splitFlv } from '../../../../server/platform/media/flv/split-flv.ts';
import { makeWatchPath, replayScope } from '../../../../server/platform/media/origin/path-token.ts';
import { createSecretBox } from '../../../../server/platform/secrets/secret-box.ts';
import { startMediaProcess, type MediaProcess } from '../../../support/media-process.ts';
import { freePort } from '../../../support/product.ts';
import { openS3Server, type S3Server } from '../../../support/s3-server.ts';
import { until } from '../../../support/until.ts';
import { hello, message, openRawClient, publishing } from '../rtmp/rtmp-client.ts';

const secretKey = 'ab'.repeat(32);
const secrets = createSecretBox(secretKey);
const [streamId, fileId] = ['stream-0001', 'file-00001'];

describe('the media process with S3', function () {
  this.timeout(60_000);
  let s3: S3Server;
  let media: MediaProcess;
  let directory: string;
  let start: () => Promise<MediaProcess>;
  const told: { run: MediaMessage<'run'>[]; made: MediaMessage<'made'>[] } = { run: [], made: [] };
  const stops: (() => Promise<void>)[] = [];

  before(async () => {
    s3 = await openS3Server();
    directory = mkdtempSync(join(tmpdir(), 'plenary-s3-media-'));
    const answers: Record<string, unknown> = {
      hello: { onAir: [{ streamId, source: 'encoder' }], revoked: [] },
      publish: { ok: true, streamId, source: 'encoder' },
    };
    /** All of web that the media process asks. */
    const web = createServer((request, response) => {
      const name = request.url?.split('/').at(-1) ?? '';
      let text = '';
      request.on('data', (piece) => (text += String(piece)));
      request.on('end', () => {
        if (name === 'run' || name === 'made') told[name].push(JSON.parse(text) as never);
        response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[name] ?? {}));
      });
    });
    const listening = await listen(web, { host: '127.0.0.1', port: 0 });
    const port = await freePort();
    start = () =>
      startMediaProcess({
        ...{ dataDirectory: directory, secretKey, port, webUrl: `http://127.0.0.1:${listening.port}` },
        environment: {
          ...{
            S3_ENDPOINT: s3.endpoint,
            S3_REGION: s3.keys.region,
            S3_BUCKET: s3.bucket,
            S3_PREFIX: '/plenary/',
          },
          ...{ S3_ACCESS_KEY_ID: s3.keys.accessKeyId, S3_SECRET_ACCESS_KEY: s3.keys.secretAccessKey },
          ...{ KEEP_LOCAL_HOURS: '0', FFMPEG_PATH: '/nowhere/ffmpeg' },
        },
      });
    media = await start();
    stops.push(
      () => listening.stop(),
      () => s3.goDown(),
    );
  });
  after(async () => {
    await media.kill();
    for (const stop of stops) await stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const ask = async <K extends ControlName>(name: K, asked: ControlMessage<K>) => {
    const answer = await createControlClient({ url: `http://127.0.0.1:${media.port}`, secrets }).ask(
      name,
      asked,
    );
    if (!answer.ok) throw new Error(answer.message);
    return answer.answer;
  };
  const piecesInS3 = () => [...s3.objects.keys()].filter((key) => key.endsWith('.m4s')).length;

  async function publishFixture(): Promise<void> {
    const tags: FlvTag[] = [];
    splitFlv((tag) => void tags.push({ ...tag, body: Buffer.from(tag.body) })).push(
      await readFile(new URL('../fixture.flv', import.meta.url)),
    );
    const client = openRawClient(media.rtmpPort);
    client.send(hello());
    client.send(publishing('key'));
    await until('to be let in', () => client.heard.includes('NetStream.Publish.Start'));
    for (const { type, body, timestamp } of tags) client.send(message(type, body, timestamp));
    await until('a run', () => told.run.some(({ state }) => state === 'started'));
    client.connection.end();
  }

  it('has what is live in S3 at once, serves it from there alone, and erases it from there', async () => {
    await publishFixture();
    await until('pieces in S3 while the run goes on', () => piecesInS3() > 0);
    await ask('finish', { streamId });
    await until('the end', () => told.run.some(({ state }) => state === 'ended'));
    const [first] = told.run;
    const range = { streamId, from: first?.startedAt ?? 0, to: (first?.startedAt ?? 0) + 5_000 };
    await ask('make-file', { ...range, fileId });
    await until('the file', () => told.made[0]?.ok);
    await until('the file in S3', () => s3.objects.has(`plenary/live/${streamId}/files/${fileId}.mp4`));
    await until('the run in S3', () =>
      s3.objects.has(`plenary/live/${streamId}/${first?.runId}/uploaded.ndjson`),
    );

    await media.stop();
    media = await start();
    const rung = join(directory, 'live', streamId, first?.runId ?? '', 'source');
    await until('an empty disk', async () => (await readdir(rung)).length === 0);
    const scope = replayScope(streamId, range.from, range.to, { tag: 'replay-0001', fileId });
    const path = makeWatchPath(secrets, { scope, viewer: 'viewer-1', expiresAt: Date.now() + 600_000 });
    const base = `http://127.0.0.1:${media.port}${path}`;
    const playlist = await (await fetch(`${base}source.m3u8`)).text();
    const uris = playlist.match(/^[^#\n]+\.m4s$/gm) ?? [];
    expect(uris.length).to.be.greaterThan(0);
    for (const uri of uris) {
      const answer = await fetch(base + uri);
      expect(answer.status).to.equal(200);
      expect(Buffer.from(await answer.arrayBuffer()).toString('latin1', 4, 8)).to.match(/styp|moof/);
    }
    const file = await fetch(`${base}file/${fileId}.mp4`, { headers: { range: 'bytes=4-7' } });
    expect(file.status).to.equal(206);
    expect(await file.text()).to.equal('ftyp');

    await ask('erase', { ...range, to: range.to + 60_000, fileIds: [fileId] });
    await until(
      'nothing in S3',
      () => piecesInS3() === 0 && !s3.objects.has(`plenary/live/${streamId}/files/${fileId}.mp4`),
    );
    for (const uri of uris) expect((await fetch(base + uri)).status).to.equal(404);
    expect((await fetch(`${base}file/${fileId}.mp4`)).status).to.equal(404);
    expect(s3.asked.filter(({ status }) => status === 403)).to.deep.equal([]);
    expect(media.output()).not.to.include(s3.keys.secretAccessKey);
  });
});
