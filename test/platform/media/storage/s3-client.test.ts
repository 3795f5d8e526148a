import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsV4Signer } from 'aws4fetch';
import { expect } from 'chai';
import { openS3 } from '../../../../server/platform/media/storage/s3-client.ts';
import type { StorageConfig } from '../../../../server/platform/media/storage/storage-settings.ts';
import { openS3Server, type S3Server } from '../../../support/s3-server.ts';
import { judgeSignature } from '../../../support/s3-signature.ts';

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

  it('are judged as the examples of the AWS documentation are', () => {
    const keys = {
      ...{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', region: 'us-east-1' },
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    };
    const judge = (
      method: string,
      url: string,
      headers: Record<string, string>,
      signed: string,
      signature: string,
    ) =>
      judgeSignature(
        {
          ...{ method, url },
          headers: {
            ...{ ...headers, host: 'examplebucket.s3.amazonaws.com', 'x-amz-date': '20130524T000000Z' },
            authorization: `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signed},Signature=${signature}`,
          },
        },
        keys,
        Date.parse('2013-05-24T00:05:00Z'),
      );
    const get = { range: 'bytes=0-9', 'x-amz-content-sha256': createHash('sha256').digest('hex') };
    const put = {
      ...{ date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    };
    const ofGet = [
      'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ] as const;
    const ofPut = [
      'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ] as const;
    expect(judge('GET', '/test.txt', get, ...ofGet)).to.equal(null);
    expect(judge('PUT', '/test%24file.text', put, ...ofPut)).to.equal(null);
    expect(judge('PUT', '/test.txt', get, ...ofGet)).to.include({ code: 'SignatureDoesNotMatch' });
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
