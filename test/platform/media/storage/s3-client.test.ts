import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsV4Signer } from 'aws4fetch';
import { expect } from 'chai';
import { openS3 } from '../../../../server/platform/media/storage/s3-client.ts';
import type { StorageConfig } from '../../../../server/platform/media/storage/storage-settings.ts';
import { openS3Server, type S3Server } from '../../../support/s3-server.ts';

const never = new AbortController().signal;
const hello = Buffer.from('hello');
const sha256 = createHash('sha256').update(hello).digest('hex');

describe('requests to S3', () => {
  let server: S3Server;
  let now = Date.now();
  let folder: string;
  beforeEach(async () => {
    now = Date.now();
    server = await openS3Server(() => now);
    folder = mkdtempSync(join(tmpdir(), 'plenary-s3-'));
    writeFileSync(join(folder, 'hello'), hello);
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await server.goDown();
  });

  const open = (changed: Partial<StorageConfig> = {}) =>
    openS3(
      {
        ...{
          ...server.keys,
          endpoint: server.endpoint,
          bucket: server.bucket,
          prefix: 'plenary/',
          keepLocalMs: 0,
        },
        ...changed,
      },
      { readMs: 200, writeMs: 200 },
    );
  const object = (key = 'live/hello') => ({
    ...{ key, path: join(folder, 'hello'), bytes: hello.length, sha256, type: 'text/plain' },
  });

  it('say in a sentence what is wrong with the settings', async () => {
    const message = async (changed: Partial<StorageConfig>) => {
      const answer = await open(changed).put(object(), never);
      return answer.ok ? null : `${answer.reason}: ${answer.message}`;
    };
    expect(await message({})).to.equal(null);
    expect(await message({ secretAccessKey: 'x' })).to.include(
      'unavailable: S3 does not accept S3_SECRET_ACCESS_KEY',
    );
    expect(await message({ accessKeyId: 'x' })).to.include('S3 does not know S3_ACCESS_KEY_ID');
    expect(await message({ bucket: 'elsewhere' })).to.include('S3 has no bucket of the name S3_BUCKET');
    expect(await message({ region: 'us-east-1' })).to.include('set S3_REGION to the bucket’s');
    expect(await message({ endpoint: 'http://127.0.0.1:1' })).to.include('cannot be reached at S3_ENDPOINT');
    now += 16 * 60_000;
    expect(await message({})).to.include('the clock of this machine is wrong');
  });

  it('read what was put, in pieces too, and remove it, twice if need be', async () => {
    const s3 = open();
    expect(await s3.put(object(), never)).to.deep.equal({ ok: true });
    expect(server.objects.get('plenary/live/hello')).to.deep.equal({ bytes: hello, type: 'text/plain' });
    const got = await s3.get('live/hello', { start: 1, end: 3 });
    expect(got.ok && Buffer.concat(await got.stream.toArray()).toString()).to.equal('ell');
    for (let times = 0; times < 2; times += 1)
      expect(await s3.remove('live/hello')).to.deep.equal({ ok: true });
    expect(await s3.get('live/hello', null)).to.include({ ok: false, reason: 'missing' });
    s3.close();
  });

  it('are not taken for done when the file was another meanwhile, or S3 broke off', async () => {
    const s3 = open();
    writeFileSync(join(folder, 'hello'), 'jello');
    expect(await s3.put(object(), never)).to.include({ ok: false, reason: 'refused' });
    writeFileSync(join(folder, 'hello'), 'hell');
    expect(await s3.put(object(), never)).to.include({ ok: false, reason: 'unavailable' });
    server.behave = () => 'hang';
    expect(await s3.put(object(), never)).to.include({ ok: false, reason: 'unavailable' });
    expect(server.objects.size).to.equal(0);
    s3.close();
  });

  it('would be refused if they were signed wrong: a header left out, another body, another path', async () => {
    const sign = async (headers: Record<string, string>, body: string, path = '/recordings/a') => {
      const signer = new AwsV4Signer({
        ...{ ...server.keys, method: 'PUT', service: 's3', url: server.endpoint + path },
        headers: { 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'), ...headers },
      });
      return signer.sign();
    };
    const code = async (url: string | URL, headers: Headers, body: string) =>
      /<Code>(\w+)/.exec(await (await fetch(url, { method: 'PUT', headers, body })).text())?.[1] ?? 'taken';
    const { url, headers } = await sign({}, 'body');
    expect(await code(url, headers, 'body')).to.equal('taken');
    expect(await code(url, headers, 'another')).to.equal('XAmzContentSHA256Mismatch');
    expect(await code(`${url}b`, headers, 'body')).to.equal('SignatureDoesNotMatch');
    expect(await code(url, new Headers(), 'body')).to.equal('AccessDenied');
    headers.set('x-amz-meta-more', '1');
    expect(await code(url, headers, 'body')).to.equal('AccessDenied');
    const unsigned = await sign({ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, '');
    expect(await code(unsigned.url, unsigned.headers, 'body')).to.equal('InvalidRequest');
    const long = await sign({}, 'body', `/recordings/${'k'.repeat(1_025)}`);
    expect(await code(long.url, long.headers, 'body')).to.equal('KeyTooLongError');
    const odd = await sign({}, 'body', "/recordings/a b(c)'d~e");
    expect(await code(odd.url, odd.headers, 'body'), 'a path that is encoded').to.equal('taken');
  });
});
