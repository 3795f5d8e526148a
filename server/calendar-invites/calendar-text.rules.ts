import { emailAddress, longText, oneLine } from '../contracts/form-text.ts';

/** One line for a calendar: no control characters, at most `max` characters as people see them. */
export const calendarLine = (text: string, max = 300): string => [...oneLine(text)].slice(0, max).join('');

/** Several lines, each as clean as one; `\n` between them. */
export const calendarLines = (text: string, max = 8_000): string =>
  longText(Number.MAX_SAFE_INTEGER).parse([...text].slice(0, max).join(''));

/**
 * A name as a parameter value: there a double quote ends it. RFC 6868 writes it with a caret, which few programs know;
 * those that do read a caret of the name itself as the start of a quote or of a line break. A backslash has no meaning
 * there, but ical-generator doubles it, and ical.js then loses where the name ends.
 */
export const calendarName = (name: string): string =>
  calendarLine(name, 100).replaceAll('"', '’').replaceAll('^', 'ˆ').replaceAll('\\', '/');

/** One address, or an error: what holds two would invite two (and reach a parser as something else again). */
export function calendarAddress(address: string): string {
  const parsed = emailAddress.safeParse(address);
  if (!parsed.success) throw new RangeError('A calendar entry goes to exactly one email address');
  return parsed.data;
}

/** ical-generator writes calendar names as they are, and RFC 5545 (3.3.11) wants these escaped. */
export const escapedLine = (text: string): string => calendarLine(text).replace(/[\\;,]/g, '\\$&');

/** A URI value, which is not escaped (RFC 5545, 3.3.13), folded at 75 octets; URLs are ASCII once parsed. */
export function urlLine(url: string): string {
  const line = `URL:${new URL(url).href}`;
  const rest = line.slice(75).match(/.{1,74}/g) ?? [];
  return [line.slice(0, 75), ...rest.map((part) => ` ${part}`)].join('\r\n');
}
