import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '../../config.ts';
import type { Lookups } from './doctor-dns.ts';
import { finding, quoted, txtRecord, type Finding } from './doctor-finding.ts';
import { unreachable } from './doctor-spf.ts';

/** Whether what is published is the other half of the key that signs. */
export async function examineDkim(
  dkim: Config['dkim'],
  mailDomain: string,
  dns: Lookups,
): Promise<Finding[]> {
  if (!dkim)
    return [
      finding(
        'warn',
        'DKIM',
        'Mail leaves here unsigned; unless your mail server signs it, Gmail and Outlook file it as spam',
        'To sign here: openssl genrsa -out dkim.pem 2048, then set',
        `DKIM_DOMAIN=${mailDomain} and DKIM_KEY_FILE=dkim.pem, and run this again for the record to publish.`,
      ),
    ];
  const key = readKey(dkim.keyFile);
  if (!key)
    return [
      finding(
        'fail',
        'DKIM',
        'DKIM_KEY_FILE names no RSA private key in PEM that can be read',
        'Make one with: openssl genrsa -out dkim.pem 2048',
      ),
    ];
  const name = `${dkim.selector}._domainkey.${dkim.domain}`;
  const ours = publicBytes(key);
  const toPublish = txtRecord(name, `v=DKIM1; k=rsa; p=${ours}`);
  return [...examineStrength(key), await examineRecord(name, ours, toPublish, dns)];
}

async function examineRecord(name: string, ours: string, toPublish: string, dns: Lookups): Promise<Finding> {
  const answer = await dns.txt(name);
  if (answer.kind === 'unknown') return unreachable('DKIM', name, answer.code);
  if (answer.kind === 'none')
    return finding('fail', 'DKIM', `There is no key at ${name}`, 'Add this record:', toPublish);
  const [record = '', ...others] = answer.records;
  const fail = (text: string) => finding('fail', 'DKIM', text, 'Make it this record:', toPublish);
  if (others.length > 0)
    return fail(`There are ${answer.records.length} records at ${name}; only one may stand there`);
  const tags = readTags(record);
  const published = tags?.get('p')?.replace(/\s+/g, '');
  if (!tags || published === undefined || (tags.get('v') ?? 'DKIM1') !== 'DKIM1')
    return fail(`What stands at ${name} is no DKIM record: ${quoted(record)}`);
  if (published === '') return fail(`The key at ${name} was withdrawn (p= is empty)`);
  if ((tags.get('k') ?? 'rsa') !== 'rsa') return fail(`The key at ${name} is of another kind than RSA`);
  if (!isSameKey(published, ours)) return fail(`The key at ${name} is not the one that signs here`);
  if (!(tags.get('h') ?? 'sha256').split(':').some((hash) => hash.trim() === 'sha256'))
    return fail(`The record at ${name} does not allow sha256`);
  if (!(tags.get('s') ?? '*').split(':').some((use) => ['*', 'email'].includes(use.trim())))
    return fail(`The record at ${name} does not allow email`);
  if (
    tags
      .get('t')
      ?.split(':')
      .some((flag) => flag.trim() === 'y')
  )
    return finding(
      'warn',
      'DKIM',
      `The record at ${name} says that it is a test (t=y)`,
      'Make it this record:',
      toPublish,
    );
  return finding('ok', 'DKIM', `The key at ${name} is the one that signs here`);
}

function examineStrength(key: KeyObject): Finding[] {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits >= 2048) return [];
  const remedy =
    'Make a new one (openssl genrsa -out dkim.pem 2048) under another DKIM_SELECTOR, and publish it first.';
  return [
    finding(
      bits < 1024 ? 'fail' : 'warn',
      'DKIM',
      `The key has ${bits} bits; 2048 are what is asked for`,
      remedy,
    ),
  ];
}

function readKey(keyFile: string): KeyObject | null {
  try {
    const key = createPrivateKey(readFileSync(keyFile));
    return key.asymmetricKeyType === 'rsa' ? key : null;
  } catch {
    return null;
  }
}

const publicBytes = (key: KeyObject): string =>
  (key.type === 'public' ? key : createPublicKey(key))
    .export({ type: 'spki', format: 'der' })
    .toString('base64');

/** A key may be published bare or wrapped (RFC 6376, 3.6.1, and its errata 3017). */
function isSameKey(published: string, ours: string): boolean {
  const der = Buffer.from(published, 'base64');
  return (['spki', 'pkcs1'] as const).some((type) => {
    try {
      return publicBytes(createPublicKey({ key: der, format: 'der', type })) === ours;
    } catch {
      return false;
    }
  });
}

/** `v=DKIM1; p=…` by name; null when it is nothing of the kind. Of a name that comes twice the record is void. */
export function readTags(record: string): ReadonlyMap<string, string> | null {
  const tags = new Map<string, string>();
  for (const part of record.split(';')) {
    if (part.trim() === '') continue;
    const [, name, value = ''] = /^\s*([a-z][a-z0-9_]*)\s*=(.*)$/is.exec(part) ?? [];
    if (name === undefined || tags.has(name)) return null;
    tags.set(name, value.trim());
  }
  return tags;
}
