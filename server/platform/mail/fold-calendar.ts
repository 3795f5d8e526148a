/** Calendar lines of at most 75 octets (RFC 5545, 3.1), and the way back, as our calendars are written. */
export const unfoldCalendar = (ics: string): string => ics.replaceAll('\r\n ', '');

export const foldCalendar = (ics: string): string =>
  ics
    .split('\r\n')
    .map((line) => foldLine(line, line.startsWith('URL:') ? 75 : 74))
    .join('\r\n');

/** ical-generator breaks a line before its 75th octet, and `urlLine` of the calendar rules behind it. */
function foldLine(line: string, firstOctets: number): string {
  if (line.length <= firstOctets && isAscii(line)) return line;
  const parts: string[] = [];
  let from = 0;
  let octets = 0;
  let most = firstOctets;
  for (let at = 0; at < line.length;) {
    const code = line.codePointAt(at) ?? 0;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets + size > most) {
      parts.push(line.slice(from, at));
      [from, octets, most] = [at, 0, 74];
    }
    octets += size;
    at += size === 4 ? 2 : 1;
  }
  return [...parts, line.slice(from)].join('\r\n ');
}

const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);
