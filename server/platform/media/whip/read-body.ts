import type { IncomingMessage } from 'node:http';

const patienceMs = 10_000;

/** `too-large`: the rest is not read. null: it broke off or took too long. */
type Body = { readonly text: string } | 'too-large' | null;

/** The text of a small body. */
export function readBody(request: IncomingMessage, mostBytes: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = (answer: Body) => {
      clearTimeout(timer);
      request.removeAllListeners('data');
      resolve(answer);
    };
    const timer = setTimeout(() => done(null), patienceMs);
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) return done('too-large');
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) return done('too-large');
      chunks.push(chunk);
    });
    request.once('end', () => done({ text: Buffer.concat(chunks).toString('utf8') }));
    request.once('error', () => done(null));
    request.once('close', () => done(null));
  });
}
