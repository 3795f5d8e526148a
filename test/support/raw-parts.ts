/** One leaf of a MIME tree, as it stands in the raw message. */
export interface RawPart {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** As written; null when the part says nothing. */
  readonly disposition: string | null;
  readonly content: Buffer;
}

/** The leaves of a raw message in order, decoded. A library would hide what is checked here, such as parameters. */
export function rawParts(raw: Buffer): RawPart[] {
  const text = raw.toString('latin1');
  const split = text.indexOf('\r\n\r\n');
  const headers = readHeaders(text.slice(0, split));
  const body = text.slice(split + 4);
  const [type = 'text/plain', ...rest] = (headers.get('content-type') ?? 'text/plain').split(/;\s*/);
  const parameters = Object.fromEntries(
    rest.flatMap((part) => {
      const [, name, value] = /^([^=]+)="?([^"]*)"?$/.exec(part) ?? [];
      return name && value !== undefined ? [[name.toLowerCase(), value] as const] : [];
    }),
  );
  if (type.toLowerCase().startsWith('multipart/')) {
    const inner = body.split(`\r\n--${parameters.boundary}`);
    const first = body.startsWith(`--${parameters.boundary}`)
      ? [
          `\r\n${body.slice(2 + (parameters.boundary ?? '').length)}`.split(
            `\r\n--${parameters.boundary}`,
          )[0] ?? '',
        ]
      : [];
    return [...first, ...inner.slice(1)]
      .filter((part) => !part.startsWith('--'))
      .flatMap((part) => rawParts(Buffer.from(part.replace(/^\r\n(\r\n)?/, ''), 'latin1')));
  }
  return [
    {
      type: type.toLowerCase(),
      parameters,
      disposition: headers.get('content-disposition') ?? null,
      content: decode(body, headers.get('content-transfer-encoding') ?? '7bit'),
    },
  ];
}

function readHeaders(head: string): Map<string, string> {
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
      return name && value !== undefined ? [[name.toLowerCase(), value.trim()] as const] : [];
    }),
  );
}

function decode(body: string, encoding: string): Buffer {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64');
    case 'quoted-printable':
      return Buffer.from(
        body
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
        'latin1',
      );
    default:
      return Buffer.from(body, 'latin1');
  }
}
