import { headersNamed, type ReceivedMail } from '../platform/mail/parse-received-mail.ts';

const longestHeader = 4_096;

/**
 * Whether our own mail server vouches for the From of a mail (RFC 8601). Only the topmost header that carries its
 * name counts: a server writes it above what came with the mail, where anybody may have written anything.
 */
export function isAuthenticated(mail: ReceivedMail, authservId: string): boolean {
  const domain = mail.from?.split('@').at(-1);
  if (!domain) return false;
  const results = headersNamed(mail, 'authentication-results')
    .map((header) => readResults(header.slice(0, longestHeader)))
    .find(({ server }) => server === authservId.toLowerCase());
  return results?.entries.some((entry) => vouchesFor(entry, domain)) ?? false;
}

interface Entry {
  readonly method: string;
  readonly result: string;
  readonly properties: ReadonlyMap<string, string>;
}

function vouchesFor({ method, result, properties }: Entry, domain: string): boolean {
  if (result !== 'pass') return false;
  const property = (name: string) => domainIn(properties.get(name) ?? '');
  switch (method) {
    case 'dmarc':
      return property('header.from') === domain;
    case 'dkim':
      return isAligned(property('header.d') || property('header.i'), domain);
    case 'spf':
      return isAligned(property('smtp.mailfrom'), domain);
    default:
      return false;
  }
}

const domainIn = (value: string): string => value.toLowerCase().split('@').at(-1) ?? '';

/** A domain speaks for itself and for those below it. The other way round it could be a stranger's. */
const isAligned = (signer: string, domain: string): boolean =>
  signer.includes('.') && (signer === domain || domain.endsWith(`.${signer}`));

function readResults(header: string): { server: string; entries: Entry[] } {
  const [server = '', ...rest] = splitOutsideQuotes(withoutComments(header));
  return { server: server.trim().split(/\s/)[0]?.toLowerCase() ?? '', entries: rest.flatMap(readEntry) };
}

function readEntry(text: string): Entry[] {
  const pairs = [...text.replace(/\s*=\s*/g, '=').matchAll(/([^\s=;]+)=("[^"]*"|[^\s;]+)/g)].map(
    ([, name = '', value = '']) => [name.toLowerCase(), value.replace(/"/g, '')] as const,
  );
  const [first, ...properties] = pairs;
  if (!first) return [];
  const [method, result] = first;
  return [
    { method: method.split('/')[0] ?? '', result: result.toLowerCase(), properties: new Map(properties) },
  ];
}

/** Comments nest, and what looks like one inside quotes is none (RFC 5322, 3.2.2). */
function withoutComments(text: string): string {
  let [depth, isQuoted, plain] = [0, false, ''];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\\') index += 1;
    else if (character === '"' && depth === 0) isQuoted = !isQuoted;
    if (!isQuoted && character === '(') depth += 1;
    else if (!isQuoted && character === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) plain += character;
  }
  return plain;
}

const splitOutsideQuotes = (text: string): string[] => text.match(/(?:"[^"]*"|[^;"]|")+/g) ?? [];
