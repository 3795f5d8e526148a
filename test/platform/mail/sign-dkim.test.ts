import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError } from '../../../server/config.ts';
import { createSmtpMailer } from '../../../server/platform/mail/send-by-smtp.ts';
import { composeSignedMail } from '../../../server/platform/mail/compose-signed-mail.ts';
import { createDkimSigner } from '../../../server/platform/mail/sign-dkim.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { openSmtpSink } from '../../support/smtp-sink.ts';
import { ics, readyMailWith } from './ready-mails.ts';

const sender = { address: 'events@plenary.example', host: 'events.example.org' };
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

describe('a DKIM signature', () => {
  let folder: string;
  let keyFile: string;
  const signer = () => createDkimSigner({ domain: 'plenary.example', selector: 'key1', keyFile });
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'plenary-dkim-'));
    keyFile = join(folder, 'dkim.pem');
    writeFileSync(keyFile, privateKey);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('holds for what a mail server received', async () => {
    const sink = await openSmtpSink({});
    const mailer = createSmtpMailer(sink.url, sender, signer());
    const unsubscribeUrl = 'https://events.example.org/unsubscribe/abc';
    await mailer.send(
      readyMailWith({ invite: { method: 'REQUEST', ics }, threadOf: 'confirmed.0', unsubscribeUrl }),
    );
    mailer.close();
    await sink.close();
    const [arrival] = sink.arrivals;
    const { isValid, tags } = verify(arrival!.raw.toString('latin1'));
    expect(isValid).to.equal(true);
    expect(tags).to.include({ d: 'plenary.example', s: 'key1', c: 'relaxed/relaxed', a: 'rsa-sha256' });
    expect(Number(tags.t)).to.equal(Date.parse('2026-11-24T09:00:00Z') / 1000);
    const names = tags.h!.split(':');
    expect(names).to.include.members([
      'list-unsubscribe',
      'list-unsubscribe-post',
      'auto-submitted',
      'reply-to',
    ]);
    for (const name of ['from', 'subject'])
      expect(
        names.filter((one) => one === name),
        name,
      ).to.have.length(2);
  });

  it('holds whatever stands in names and subjects', async () => {
    for (const text of hostileTexts) {
      const mail = readyMailWith({
        subject: text,
        fromName: text,
        to: { name: text, address: 'ada@x.org' },
        text,
      });
      const { raw } = await composeSignedMail(mail, sender, signer());
      expect(verify(raw.toString('latin1')).isValid, JSON.stringify(text)).to.equal(true);
    }
  });

  it('breaks with a changed body, a changed header and a header put in front', async () => {
    const unsubscribeUrl = 'https://events.example.org/unsubscribe/abc';
    const { raw } = await composeSignedMail(readyMailWith({ unsubscribeUrl }), sender, signer());
    const text = raw.toString('latin1');
    expect(verify(text).isValid).to.equal(true);
    const changes: [string, string][] = [
      ['\r\n\r\n--', '\r\n\r\nx--'],
      ['To: Ada', 'To: Eve'],
      ['/unsubscribe/abc', '/unsubscribe/abd'],
      ['List-Unsubscribe-Post: List-Unsubscribe=One-Click', 'List-Unsubscribe-Post: no'],
      ['From: ', 'From: eve@example.org\r\nFrom: '],
      ['Subject: ', 'Subject: Hello\r\nSubject: '],
    ];
    for (const [from, to] of changes) {
      expect(text).to.include(from);
      expect(verify(text.replace(from, to)).isValid, to).to.equal(false);
    }
  });

  it('is the same at every try', async () => {
    const [first, second] = [signer(), signer()];
    const mail = readyMailWith({ invite: { method: 'REQUEST', ics } });
    const once = await composeSignedMail(mail, sender, first);
    expect((await composeSignedMail(mail, sender, second)).raw.equals(once.raw)).to.equal(true);
  });

  it('needs a private RSA key, and says so at the start', () => {
    const files: [string, string | null, RegExp][] = [
      ['missing.pem', null, /DKIM_KEY_FILE must name a private key/],
      ['public.pem', publicKey, /DKIM_KEY_FILE must name a private key/],
      [
        'other.pem',
        generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        /must be an RSA key/,
      ],
    ];
    for (const [name, text, words] of files) {
      const file = join(folder, name);
      if (text) writeFileSync(file, text);
      expect(() => createDkimSigner({ domain: 'x.org', selector: 's', keyFile: file })).to.throw(
        ConfigError,
        words,
      );
    }
  });
});

/** RFC 6376 as a receiver reads it, written apart from the product: a header named twice is taken from the bottom up. */
function verify(message: string): { isValid: boolean; tags: Record<string, string> } {
  const end = message.indexOf('\r\n\r\n');
  const fields: { name: string; value: string }[] = [];
  for (const line of message.slice(0, end).split('\r\n')) {
    if (/^[ \t]/.test(line)) fields[fields.length - 1]!.value += line;
    else fields.push({ name: line.split(':')[0]!.toLowerCase(), value: line.slice(line.indexOf(':') + 1) });
  }
  const relaxed = (value: string) => value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '');
  const signature = fields.find(({ name }) => name === 'dkim-signature')!.value;
  const tags = Object.fromEntries(
    signature.split(';').map((tag) => {
      const [name = '', ...value] = tag.split('=');
      return [name.trim(), value.join('=').replace(/\s/g, '')];
    }),
  );
  let body = message
    .slice(end + 4)
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n');
  while (body.endsWith('\r\n\r\n')) body = body.slice(0, -2);
  const bodyHash = createHash('sha256').update(body, 'latin1').digest('base64');
  const left = fields.filter(({ name }) => name !== 'dkim-signature');
  let data = '';
  for (const name of tags.h!.split(':')) {
    const place = left.findLastIndex((field) => field.name === name);
    if (place >= 0) data += `${name}:${relaxed(left.splice(place, 1)[0]!.value)}\r\n`;
  }
  data += `dkim-signature:${relaxed(signature).replace(/(;\s*b=)[^;]*$/, '$1')}`;
  const isSigned = createVerify('sha256').update(data, 'latin1').verify(publicKey, tags.b!, 'base64');
  return { isValid: isSigned && bodyHash === tags.bh, tags };
}
