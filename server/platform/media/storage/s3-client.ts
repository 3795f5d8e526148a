import { createReadStream } from 'node:fs';
import { Agent as HttpAgent, request as askHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as askHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsV4Signer } from 'aws4fetch';
import { explainRefusal, explainSilence, type S3Failure } from './explain-refusal.ts';
import type { StorageConfig } from './storage-settings.ts';

export interface LocalObject {
  readonly key: string;
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. S3 refuses what arrives as anything else, so a torn upload never counts. */
  readonly sha256: string;
  readonly type: string;
}

/** The four requests to S3 that are needed, path-style and signed (Signature Version 4). None throws or tries again. */
export interface S3Client {
  put(object: LocalObject, signal: AbortSignal): Promise<{ readonly ok: true } | S3Failure>;
  /** `range`: first and last byte. The stream must be read or destroyed. */
  get(
    key: string,
    range: { readonly start: number; readonly end: number } | null,
  ): Promise<{ readonly ok: true; readonly bytes: number; readonly stream: Readable } | S3Failure>;
  /** What is not there counts as removed. */
  remove(key: string): Promise<{ readonly ok: true } | S3Failure>;
  close(): void;
}

export interface Patience {
  /** ms without a sign before an answer begins, for what viewers wait for, and for uploads. */
  readonly readMs: number;
  readonly writeMs: number;
}
const usualPatience: Patience = { readMs: 10_000, writeMs: 60_000 };
/** Longer than a viewer may take nothing, so that it is never S3 that seems silent. */
const pausedMs = 90_000;
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const done = { ok: true } as const;

interface Ask {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly sha256?: string;
  readonly patienceMs: number;
  readonly signal?: AbortSignal;
  readonly send?: (request: ClientRequest) => void;
}

export function openS3(config: StorageConfig, patience: Patience = usualPatience): S3Client {
  const isHttps = config.endpoint.startsWith('https:');
  const newAgent = (maxSockets: number) =>
    isHttps
      ? new HttpsAgent({ keepAlive: true, maxSockets })
      : new HttpAgent({ keepAlive: true, maxSockets });
  // Apart, so that who watches does not wait for what is uploaded.
  const agents = { GET: newAgent(256), PUT: newAgent(16), DELETE: newAgent(16) };
  const signingKeys = new Map<string, ArrayBuffer>();

  async function ask({ method, key, headers, sha256 = emptySha256, ...how }: Ask): Promise<IncomingMessage> {
    const signer = new AwsV4Signer({
      method,
      url: `${config.endpoint}/${config.bucket}/${config.prefix}${key}`,
      headers: { ...headers, 'x-amz-content-sha256': sha256 },
      ...{ accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
      ...{ service: 's3', region: config.region, cache: signingKeys },
    });
    const signed = await signer.sign();
    const attempt = () =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const request = (isHttps ? askHttps : askHttp)(signed.url, {
          ...{ method, agent: agents[method], headers: Object.fromEntries(signed.headers) },
          ...(how.signal && { signal: how.signal }),
        });
        request.setTimeout(how.patienceMs, () => request.destroy(new Error('it took too long')));
        request.once('response', (answer) => {
          request.setTimeout(pausedMs);
          resolve(answer);
        });
        // Also after the answer: what is cut then is told by the stream.
        request.on('error', (error) =>
          reject(Object.assign(error, { isStale: request.reusedSocket && !how.send })),
        );
        if (how.send) how.send(request);
        else request.end();
      });
    // A kept connection may be closed by the other side in the moment in which it is used again.
    return attempt().catch((error: unknown) => {
      if (error instanceof Error && 'isStale' in error && error.isStale) return attempt();
      throw error;
    });
  }

  const settle = async (answer: IncomingMessage) => {
    const status = answer.statusCode ?? 0;
    const xml = await readStart(answer);
    return status >= 200 && status < 300 ? done : explainRefusal(status, xml);
  };

  return {
    async put({ key, path, bytes, sha256, type }, signal) {
      const content = createReadStream(path, { end: Math.max(0, bytes - 1) });
      try {
        const answer = await ask({
          ...{ method: 'PUT', key, sha256, signal, patienceMs: patience.writeMs },
          headers: { 'content-type': type, 'content-length': String(bytes) },
          send: (request) =>
            void pipeline(content, request).catch((error: unknown) => request.destroy(error as Error)),
        });
        return await settle(answer);
      } catch (error) {
        return explainSilence(error);
      } finally {
        content.destroy();
      }
    },
    async get(key, range) {
      try {
        const answer = await ask({
          ...{ method: 'GET', key, patienceMs: patience.readMs },
          ...(range && { headers: { range: `bytes=${range.start}-${range.end}` } }),
        });
        if (answer.statusCode !== (range ? 206 : 200)) {
          const refusal = await settle(answer);
          return refusal.ok ? explainRefusal(answer.statusCode ?? 0, '') : refusal;
        }
        return { ok: true, bytes: Number(answer.headers['content-length'] ?? NaN), stream: answer };
      } catch (error) {
        return explainSilence(error);
      }
    },
    async remove(key) {
      try {
        const answer = await settle(await ask({ method: 'DELETE', key, patienceMs: patience.writeMs }));
        return !answer.ok && answer.reason === 'missing' ? done : answer;
      } catch (error) {
        return explainSilence(error);
      }
    },
    close: () => Object.values(agents).forEach((agent) => agent.destroy()),
  };
}

/** Enough of an answer to know what it says; the rest is thrown away. */
async function readStart(answer: IncomingMessage): Promise<string> {
  let text = '';
  answer.setEncoding('utf8');
  for await (const piece of answer) if (text.length < 4_096) text += String(piece);
  return text;
}
