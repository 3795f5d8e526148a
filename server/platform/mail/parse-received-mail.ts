import { domainToASCII } from 'node:url';
import { simpleParser, type ParsedMail, type StructuredHeader } from 'mailparser';

export interface ReceivedHeader {
  /** Lower case. */
  readonly name: string;
  /** Unfolded; encoded words as they came. */
  readonly value: string;
}

/** A mail from outside, as far as machines read it. */
export interface ReceivedMail {
  /** The topmost first: what our own server added stands above what came with the mail. */
  readonly headers: readonly ReceivedHeader[];
  /** Who wrote it, comparable; null unless that is exactly one address in exactly one header. */
  readonly from: string | null;
  /** RFC 6522: `delivery-status`, `feedback-report`. */
  readonly reportType: string | null;
  /** Everything but text for people; mails inside are one part each. */
  readonly parts: readonly { readonly type: string; readonly content: Buffer }[];
}

/** null for what is no mail, or is built to exhaust whoever reads it. */
export async function parseReceivedMail(raw: Buffer): Promise<ReceivedMail | null> {
  const parsed = await simpleParser(raw, {
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    checksumAlgo: false,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    maxChildNodes: 100,
    maxHeadSize: 128 * 1024,
  }).catch(() => null);
  if (!parsed || parsed.headerLines.length === 0) return null;
  const headers = parsed.headerLines.map(({ key, line }) => ({ name: key, value: valueOf(line) }));
  return {
    headers,
    from: writerOf(parsed, headers),
    reportType: reportTypeOf(parsed),
    parts: parsed.attachments.map(({ contentType, content }) => ({
      type: contentType.toLowerCase(),
      content,
    })),
  };
}

export const headersNamed = ({ headers }: Pick<ReceivedMail, 'headers'>, name: string): string[] =>
  headers.filter((header) => header.name === name).map(({ value }) => value);

/** Two spellings of one mailbox are equal afterwards: lower case, the domain in ASCII. */
export function comparableAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1) return '';
  const domain = address.slice(at + 1);
  return `${address.slice(0, at)}@${domainToASCII(domain) || domain}`.toLowerCase();
}

const valueOf = (line: string): string =>
  line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n(?=[ \t])/g, '')
    .trim();

function writerOf({ from }: ParsedMail, headers: readonly ReceivedHeader[]): string | null {
  const [only, ...more] = from?.value ?? [];
  const isOne = headers.filter(({ name }) => name === 'from').length === 1 && more.length === 0;
  return isOne && only?.address && !only.group ? comparableAddress(only.address) || null : null;
}

function reportTypeOf({ headers }: ParsedMail): string | null {
  const type = headers.get('content-type') as StructuredHeader | undefined;
  if (type?.value.toLowerCase() !== 'multipart/report') return null;
  return type.params['report-type']?.toLowerCase() ?? null;
}
