import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { InboundMailModel } from '../../server/inbound-mail/inbound-mail.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

export const secret = 'a shared secret of more than 32 characters';
export const authserv = 'mx.plenary.example';

export const openReadingProduct = (environment: Record<string, string> = {}): Promise<Product> =>
  openProduct({
    environment: { INBOUND_SECRET: secret, INBOUND_AUTHSERV_ID: authserv, ...environment },
  });

/** A mail from `fixtures/`, with its blanks filled in. */
export function fixture(name: string, values: Readonly<Record<string, string | number>>): Buffer {
  const text = readFileSync(new URL(`fixtures/${name}.eml`, import.meta.url), 'utf8')
    .replace(/\{(\w+)\}/g, (_, key: string) => String(values[key]))
    .replace(/\{base64:\n([^}]*)\}/g, (_, plain: string) =>
      Buffer.from(plain.replace(/\n/g, '\r\n')).toString('base64').replace(/.{76}/g, '$&\n'),
    );
  return Buffer.from(text.replace(/\r?\n/g, '\r\n'));
}

export interface Reply {
  readonly uid: string;
  readonly attendee: string;
  readonly from: string;
  readonly answer: string;
  readonly sequence: number;
  readonly stamp: string;
  readonly method: string;
  /** Headers above and below those of every mail. */
  readonly above: readonly string[];
  readonly below: readonly string[];
  /** Lines inside the VEVENT. */
  readonly lines: readonly string[];
}

export const vouched = (domain = 'example.org', server = authserv) =>
  `Authentication-Results: ${server}; dmarc=pass header.from=${domain}`;

let written = 0;

/** A reply that is in order, except for what the test says. */
export function replyMail({ attendee = 'ada@example.org', ...fields }: Partial<Reply>): Buffer {
  const { from = attendee, answer = 'ACCEPTED', stamp = '20261124T085500Z', lines = [] } = fields;
  const calendar = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', `METHOD:${fields.method ?? 'REPLY'}`],
    ...['BEGIN:VEVENT', `UID:${fields.uid ?? 'nobody'}`, `DTSTAMP:${stamp}`],
    ...[`SEQUENCE:${fields.sequence ?? 0}`, `ATTENDEE;PARTSTAT=${answer}:mailto:${attendee}`],
    ...[...lines, 'END:VEVENT', 'END:VCALENDAR'],
  ];
  const mail = [
    ...(fields.above ?? [vouched()]),
    `From: ${from}`,
    'To: events@plenary.example',
    `Message-ID: <reply-${(written += 1)}@example.org>`,
    ...(fields.below ?? []),
    'MIME-Version: 1.0',
    'Content-Type: text/calendar; charset=utf-8; method=REPLY',
    '',
    ...calendar,
    '',
  ];
  return Buffer.from(mail.join('\r\n'));
}

export function signature(body: Buffer, seconds: number, key = secret): string {
  const digest = createHmac('sha256', key).update(`${seconds}.`).update(body).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

export function post(
  product: Product,
  body: Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${product.url}/webhooks/mail`, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: {
      'content-type': 'message/rfc822',
      'x-plenary-signature': signature(body, Math.floor(product.clock.now().getTime() / 1000)),
      ...headers,
    },
  });
}

export const storedMail = (raw: Buffer) =>
  InboundMailModel.findOne({ _id: createHash('sha256').update(raw).digest('hex') }).lean();

/** Hands a mail over and waits until it was read: "read", or why it was ignored. */
export async function hand(product: Product, raw: Buffer): Promise<string> {
  const { status } = await post(product, raw);
  if (status !== 202) throw new Error(`The hook answered ${status}`);
  const mail = await until('the mail to be read', async () => {
    const found = await storedMail(raw);
    return found?.state === 'received' ? null : found;
  });
  return mail.reason ?? mail.state;
}
