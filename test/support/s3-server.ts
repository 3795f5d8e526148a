import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { judgeSignature, type S3Keys, type S3Refusal } from './s3-signature.ts';

/**
 * `answer`: as S3 does. `hang`: never. `cut`: breaks off in the middle of what is sent or received. `forget`: does it, and
 * breaks off in place of an answer. `late`: takes all, and has it when `late` says so, whoever still
 * waits. A number: that status.
 */
export type S3Behaviour = 'answer' | 'hang' | 'cut' | 'forget' | 'late' | number;

export interface S3Asked {
  readonly method: string;
  readonly key: string;
  readonly range: string | null;
  /** 0: none was given. */
  status: number;
}

export interface S3Object {
  readonly bytes: Buffer;
  readonly type: string;
}

export interface S3Server {
  readonly endpoint: string;
  readonly keys: S3Keys;
  readonly bucket: string;
  /** By key, without the bucket. */
  readonly objects: Map<string, S3Object>;
  readonly asked: S3Asked[];
  behave: (method: string, key: string) => S3Behaviour | Promise<S3Behaviour>;
  late: Promise<unknown>;
  readonly uploading: () => number;
  /** Most uploads that were under way at once. */
  readonly mostAtOnce: () => number;
  /** Nothing listens any more, and what was connected is not. */
  goDown(): Promise<void>;
  comeUp(): Promise<void>;
}

const largest = 5 * 2 ** 30;

/** A bucket on real HTTP that is as strict as S3: whoever signs wrong, or sends what S3 would not take, is refused. */
export async function openS3Server(now: () => number = Date.now): Promise<S3Server> {
  const keys = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'a/secret+of40characters',
    region: 'eu-test-1',
  };
  const bucket = 'recordings';
  const sockets = new Set<Socket>();
  let uploading = 0;
  let most = 0;
  let server: Server;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const [, givenBucket = '', ...rest] = decodeURIComponent(url.split('?')[0] ?? '').split('/');
    const key = rest.join('/');
    const asked: S3Asked = { method, key, range: request.headers.range ?? null, status: 0 };
    s3.asked.push(asked);
    const refuse = ({ status, code }: S3Refusal) => {
      asked.status = status;
      const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>No.</Message></Error>`;
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(method === 'HEAD' ? undefined : xml);
    };
    const send = (status: number, headers: Record<string, string | number>, body?: Buffer) => {
      asked.status = status;
      response.writeHead(status, headers).end(body);
    };
    const how = await s3.behave(method, key);
    if (how === 'hang') return void request.resume();
    const wrong =
      judgeSignature(request, keys, now()) ??
      (givenBucket === bucket ? null : { status: 404, code: 'NoSuchBucket' }) ??
      (Buffer.byteLength(key) > 1_024 ? { status: 400, code: 'KeyTooLongError' } : null);
    if (typeof how === 'number') {
      request.resume();
      return refuse({ status: how, code: how === 503 ? 'SlowDown' : 'InternalError' });
    }
    if (wrong) {
      request.resume();
      return refuse(wrong);
    }

    if (method === 'PUT') {
      const length = request.headers['content-length'];
      if (length === undefined) return refuse({ status: 411, code: 'MissingContentLength' });
      if (Number(length) > largest) return refuse({ status: 400, code: 'EntityTooLarge' });
      const bytes = await readBody(request, how === 'cut' ? Number(length) / 2 : Infinity);
      if (how === 'cut' || !request.complete) return void request.destroy();
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (sha256 !== request.headers['x-amz-content-sha256'])
        return refuse({ status: 400, code: 'XAmzContentSHA256Mismatch' });
      if (how === 'late') await s3.late;
      s3.objects.set(key, { bytes, type: request.headers['content-type'] ?? 'binary/octet-stream' });
      if (how === 'forget') return void request.destroy();
      return send(200, { etag: etagOf(bytes), 'content-length': 0 });
    }
    request.resume();
    if (method === 'DELETE') {
      s3.objects.delete(key);
      if (how === 'forget') return void request.destroy();
      return send(204, {});
    }
    if (method !== 'GET' && method !== 'HEAD') return refuse({ status: 405, code: 'MethodNotAllowed' });
    const object = s3.objects.get(key);
    if (!object) return refuse({ status: 404, code: 'NoSuchKey' });
    const size = object.bytes.length;
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(asked.range ?? '') ?? [];
    if (first !== undefined && Number(first) >= size) return refuse({ status: 416, code: 'InvalidRange' });
    const [start, end] =
      first === undefined ? [0, size - 1] : [Number(first), Math.min(Number(last || size - 1), size - 1)];
    const body = object.bytes.subarray(start, end + 1);
    const headers = {
      ...{ 'content-type': object.type, 'content-length': body.length, etag: etagOf(object.bytes) },
      ...(first !== undefined && { 'content-range': `bytes ${start}-${end}/${size}` }),
    };
    if (how !== 'cut')
      return send(first === undefined ? 200 : 206, headers, method === 'HEAD' ? undefined : body);
    response.writeHead(first === undefined ? 200 : 206, headers).write(body.subarray(0, body.length / 2));
    await delay(20);
    response.destroy();
  }

  async function listen(port: number): Promise<number> {
    server = createServer((request, response) => {
      response.on('error', () => undefined);
      const isUpload = request.method === 'PUT';
      if (isUpload) most = Math.max(most, (uploading += 1));
      if (isUpload) response.once('close', () => (uploading -= 1));
      answer(request, response).catch(() => request.destroy());
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }
  const port = await listen(0);
  const s3: S3Server = {
    ...{ endpoint: `http://127.0.0.1:${port}`, keys, bucket, objects: new Map(), asked: [] },
    behave: () => 'answer',
    late: Promise.resolve(),
    uploading: () => uploading,
    mostAtOnce: () => most,
    async goDown() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    comeUp: async () => void (await listen(port)),
  };
  return s3;
}

const etagOf = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`;

async function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    pieces.push(piece as Buffer);
    length += (piece as Buffer).length;
    if (length >= most) break;
  }
  return Buffer.concat(pieces);
}
