import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError, type Config } from '../../config.ts';
import type { ComposedMail } from './compose-mail.ts';

/** The DKIM-Signature header of a message, with its line break; the same message makes the same one. */
export type DkimSigner = (mail: ComposedMail, at: Date) => Promise<string>;

/** Signed where they are there. RFC 8058 wants the last two. */
const signedHeaders = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'reply-to',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'auto-submitted',
  'list-unsubscribe',
  'list-unsubscribe-post',
];
/** Named once more than they stand there, so that none can be added in front (RFC 6376, 8.15). */
const oversigned = ['from', 'subject'];

/**
 * Signs by RFC 6376, relaxed/relaxed. The work is done off the main thread, where Nodemailer would stand still for it.
 * @throws ConfigError when the file holds no RSA key
 */
export function createDkimSigner({ domain, selector, keyFile }: NonNullable<Config['dkim']>): DkimSigner {
  const key = readKey(keyFile);
  return async ({ head, body }, at) => {
    const fields = readFields(head);
    const names = [...signedHeaders.filter((name) => fields.has(name)), ...oversigned];
    const bodyHash = createHash('sha256').update(relaxedBody(body), 'latin1').digest('base64');
    const unsigned = [
      `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector};`,
      ` t=${Math.floor(at.getTime() / 1000)}; bh=${bodyHash};`,
      ` h=${names.slice(0, 6).join(':')}:`,
      `  ${names.slice(6).join(':')};`,
      ' b=',
    ].join('\r\n');
    // A name that is not there any more stands for nothing (RFC 6376, 3.5).
    const signed = [...new Set(names)].map((name) => `${fields.get(name)}\r\n`).join('');
    const signature = await signInPool(signed + relaxedField(unsigned), key);
    return `${unsigned}${signature.replace(/.{72}(?=.)/g, '$&\r\n ')}\r\n`;
  };
}

function readKey(keyFile: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(readFileSync(keyFile));
  } catch {
    throw new ConfigError([`DKIM_KEY_FILE must name a private key in PEM that can be read: ${keyFile}`]);
  }
  if (key.asymmetricKeyType !== 'rsa')
    throw new ConfigError([
      `DKIM_KEY_FILE must be an RSA key; make one with: openssl genrsa -out dkim.pem 2048`,
    ]);
  return key;
}

const signInPool = (text: string, key: KeyObject): Promise<string> =>
  new Promise((resolve, reject) =>
    sign('sha256', Buffer.from(text, 'latin1'), key, (error, signature) =>
      error ? reject(error) : resolve(signature.toString('base64')),
    ),
  );

/** Each header field in its relaxed form, by its name in lower case. */
function readFields(head: string): Map<string, string> {
  const lines = head.slice(0, -2).split(/\r\n(?![ \t])/);
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), relaxedField(line)]));
}

function relaxedField(line: string): string {
  const colon = line.indexOf(':');
  const value = line
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${line.slice(0, colon).toLowerCase()}:${value}`;
}

const relaxedBody = (body: string): string =>
  body
    .replace(/[ \t]+/g, ' ')
    .replaceAll(' \r\n', '\r\n')
    .replace(/(?:\r\n)+$/, '\r\n');
