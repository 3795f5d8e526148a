/** A piece of what somebody wrote. Shown as text in every case; a link only where `href` says so. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'mention'; readonly text: string; readonly isMine: boolean };

/** Somebody whose name may stand in the text after an @. */
export interface Mentioned {
  readonly name: string;
  readonly isMine: boolean;
}

const address = /https?:\/\/[^\s<>"'`\\]+/gi;
/** Marks that end a sentence rather than an address. */
const tail = /[.,;:!?…’”»«]+$/u;
/** Signs that turn the direction of writing or are not seen: an address with one reads as another. */
const deceiving = /[\p{Cc}\p{Cf}]/u;

export function chatText(text: string, mentioned: readonly Mentioned[] = []): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const raw = trimmed(found);
    const href = safeAddress(raw);
    if (href === null) continue;
    parts.push(...withMentions(text.slice(from, index), mentioned));
    parts.push({ kind: 'link', text: isPlain(raw) ? raw : href, href });
    from = index + raw.length;
  }
  parts.push(...withMentions(text.slice(from), mentioned));
  return parts;
}

/** Without what follows the address in the sentence: "(see https://a.example)." */
function trimmed(found: string): string {
  let raw = found;
  for (;;) {
    const shorter = raw.replace(tail, '');
    const closes = /[)\]}]$/.test(shorter) && !isBalanced(shorter);
    const next = closes ? shorter.slice(0, -1) : shorter;
    if (next === raw) return raw;
    raw = next;
  }
}
const count = (text: string, sign: string) => text.split(sign).length - 1;
const isBalanced = (text: string) =>
  (['()', '[]', '{}'] as const).every(([open, close]) => count(text, close ?? '') <= count(text, open ?? ''));

/** The address where it leads somewhere on the web under its own name; null otherwise. */
function safeAddress(raw: string): string | null {
  if (deceiving.test(raw)) return null;
  const url = URL.canParse(raw) ? new URL(raw) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  // "https://bank.example@elsewhere.example" leads elsewhere.
  if (url.username || url.password || !url.hostname.includes('.')) return null;
  return url.href;
}
/** Letters of other scripts can look like Latin ones; such an address is shown as the network spells it. */
const isPlain = (raw: string) => /^[\x21-\x7e]+$/.test(raw.split('/')[2] ?? '');

function withMentions(text: string, mentioned: readonly Mentioned[]): TextPart[] {
  const names = [...mentioned].sort((one, other) => other.name.length - one.name.length);
  const parts: TextPart[] = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const found =
      text[at] === '@'
        ? names.find(
            ({ name }) => text.slice(at + 1, at + 1 + name.length).toLowerCase() === name.toLowerCase(),
          )
        : undefined;
    if (found) {
      if (plain) parts.push({ kind: 'text', text: plain });
      plain = '';
      const end = at + 1 + found.name.length;
      parts.push({ kind: 'mention', text: text.slice(at, end), isMine: found.isMine });
      at = end;
    } else plain += text[at++] ?? '';
  }
  if (plain) parts.push({ kind: 'text', text: plain });
  return parts;
}
