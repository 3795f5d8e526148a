import { createConnection, type Socket } from 'node:net';
import { BSON } from 'bson';
import { MessageReader } from '../../../server/platform/embedded-store/wire/framing.ts';

/** Speaks the wire protocol by hand, for what a driver would never send. */
export class RawClient {
  private readonly reader = new MessageReader();
  private readonly waiting: ((reply: BSON.Document | undefined) => void)[] = [];
  private requestId = 0;
  readonly closed: Promise<void>;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      for (const message of this.reader.push(chunk))
        this.waiting.shift()?.(BSON.deserialize(message.subarray(21)));
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      socket.once('close', () => {
        this.waiting.splice(0).forEach((answer) => answer(undefined));
        resolve();
      }),
    );
  }

  static connect(uri: string): Promise<RawClient> {
    const path = decodeURIComponent(/^mongodb:\/\/([^/?]+)/.exec(uri)![1]!);
    return new Promise((resolve, reject) => {
      const socket = createConnection(path, () => resolve(new RawClient(socket)));
      socket.once('error', reject);
    });
  }

  /** The reply, or `undefined` when the server closed the connection instead. */
  command(body: BSON.Document): Promise<BSON.Document | undefined> {
    return this.send(opMsg(body, (this.requestId += 1)));
  }

  send(bytes: Uint8Array): Promise<BSON.Document | undefined> {
    return new Promise((resolve) => {
      if (this.socket.destroyed) return resolve(undefined);
      this.waiting.push(resolve);
      this.socket.write(bytes);
    });
  }

  /** Bytes without waiting for an answer. */
  write(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  destroy(): void {
    this.socket.destroy();
  }
}

export function opMsg(body: BSON.Document, requestId = 1): Buffer {
  const bytes = BSON.serialize({ ...body, $db: 'raw' });
  const message = Buffer.alloc(21 + bytes.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(requestId, 4);
  message.writeInt32LE(2013, 12);
  message.set(bytes, 21);
  return message;
}
