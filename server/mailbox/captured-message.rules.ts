interface Message {
  readonly html: string;
  readonly text: string;
  readonly ics?: string | null;
}

/** What the message is made of, with where each part can be read on its own. */
export function messageParts(
  { html, text, ics }: Message,
  path: string,
): { name: string; type: string; size: string; path: string }[] {
  return [
    { name: 'Text', type: 'text/plain', body: text, path: `${path}/text` },
    { name: 'HTML', type: 'text/html', body: html, path: `${path}/html` },
    ...(ics
      ? [{ name: 'Calendar invite', type: 'text/calendar', body: ics, path: `${path}/invite.ics` }]
      : []),
  ].map(({ body, ...part }) => ({ ...part, size: sizeOf(body) }));
}

/** Addresses in a text, each once, without the full stop or bracket that ends a sentence. */
export function linksIn(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
  return [...new Set(found.map((link) => link.replace(/[.,)\]]+$/, '')))];
}

function sizeOf(body: string): string {
  const bytes = Buffer.byteLength(body);
  return bytes < 1_000 ? `${bytes} bytes` : `${(bytes / 1_000).toFixed(1)} kB`;
}
