import { oneLine } from '../../contracts/form-text.ts';

/** One thing that was looked at. What is not `ok` says what to change. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'fail';
  readonly about: 'SPF' | 'DKIM' | 'DMARC' | 'MX' | 'SMTP' | 'Web' | 'Replies';
  readonly text: string;
  /** What to do, a line each; a record to publish stands on a line of its own. */
  readonly remedy: readonly string[];
}

export const finding = (
  level: Finding['level'],
  about: Finding['about'],
  text: string,
  ...remedy: string[]
): Finding => ({ level, about, text, remedy });

/** What others publish goes to a terminal: no control characters in it, and not without end. */
export function quoted(text: string): string {
  const plain = oneLine(text);
  return plain.length > 160 ? `“${plain.slice(0, 160)}…”` : `“${plain}”`;
}

/** A line of a zone file; text of more than 255 characters is several strings (RFC 1035, 3.3.14). */
export function txtRecord(name: string, text: string): string {
  const strings = text.match(/.{1,255}/g) ?? [''];
  return `${name}. TXT ${strings.map((part) => `"${part}"`).join(' ')}`;
}

/** As it is printed: the level, what about, the sentence, and below it what to change. */
export function printFinding({ level, about, text, remedy }: Finding): string {
  const head = `${level.padEnd(5)} ${about.padEnd(8)} ${text}`;
  return [head, ...remedy.map((line) => ' '.repeat(15) + line)].join('\n');
}
