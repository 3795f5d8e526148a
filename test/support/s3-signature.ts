import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}
export interface S3Refusal {
  readonly status: number;
  readonly code: string;
}

const skewMs = 15 * 60_000;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Signature Version 4 in the Authorization header, worked out anew as
 * docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html has it. null: it is right.
 */
export function judgeSignature(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  keys: S3Keys,
  now: number,
): S3Refusal | null {
  const { headers, method = '', url = '' } = request;
  const [, credential = '', signedNames = '', given = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  if (!given) return { status: 403, code: 'AccessDenied' };
  const [accessKeyId, day, region, service, end] = credential.split('/');
  const at = String(headers['x-amz-date']);
  const [, y, m, d, h, min, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(at) ?? [];
  if (accessKeyId !== keys.accessKeyId) return { status: 403, code: 'InvalidAccessKeyId' };
  if (region !== keys.region || service !== 's3' || end !== 'aws4_request' || day !== at.slice(0, 8))
    return { status: 400, code: 'AuthorizationHeaderMalformed' };
  const instant = Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`);
  if (!(Math.abs(now - instant) <= skewMs)) return { status: 403, code: 'RequestTimeTooSkewed' };
  const payload = headers['x-amz-content-sha256'];
  if (typeof payload !== 'string' || !/^[0-9a-f]{64}$/.test(payload))
    return { status: 400, code: 'InvalidRequest' };

  const names = signedNames.split(';');
  const mustBeSigned = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  const isSorted = [...names].sort().join() === names.join();
  if (!isSorted || mustBeSigned.some((name) => !names.includes(name)))
    return { status: 403, code: 'AccessDenied' };
  const [path = '', query = ''] = url.split('?');
  const canonicalQuery = [...new URLSearchParams(query)]
    .map((pair) => pair.map(encode).join('='))
    .sort()
    .join('&');
  const canonical = [
    method,
    decodeURIComponent(path).split('/').map(encode).join('/'),
    canonicalQuery,
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signedNames,
    payload,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, String(part)),
    `AWS4${keys.secretAccessKey}`,
  );
  const expected = hmac(key, ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n'));
  return timingSafeEqual(expected, Buffer.from(given, 'hex'))
    ? null
    : { status: 403, code: 'SignatureDoesNotMatch' };
}
