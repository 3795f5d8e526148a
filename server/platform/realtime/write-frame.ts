import type { Socket } from 'socket.io';

/**
 * A broadcast, encoded once. Plain Socket.IO encodes it once too, but then walks packets, buffers and callbacks for
 * every socket; writing ready bytes to each connection costs no more than a bare WebSocket server does.
 */
export interface Frame {
  readonly name: string;
  readonly payload: object;
  /** One unmasked, final text frame (RFC 6455, 5.2) that holds the engine's and Socket.IO's packet types. */
  readonly bytes: Buffer;
}

/** What is read of engine.io 6.6 and ws 8; none of it is public, so `test/platform/realtime` pins it. */
interface EngineConnection {
  readonly readyState: string;
  readonly writeBuffer: readonly unknown[];
  readonly transport: {
    readonly name: string;
    readonly writable: boolean;
    readonly socket?: { readonly readyState: number; readonly _socket?: Stream | null; terminate(): void };
  };
}
interface Stream {
  readonly writable: boolean;
  readonly writableLength: number;
  write(bytes: Buffer): boolean;
}

const openWebSocket = 1;

export function encodeFrame(name: string, payload: object): Frame {
  const body = Buffer.from(`42${JSON.stringify([name, payload])}`);
  return { name, payload, bytes: Buffer.concat([frameHead(body.length), body]) };
}

function frameHead(length: number): Buffer {
  if (length < 126) return Buffer.from([0x81, length]);
  if (length < 65_536) return Buffer.from([0x81, 126, length >> 8, length & 0xff]);
  const head = Buffer.alloc(10);
  head[0] = 0x81;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/**
 * `written`, or why not: `busy` has something of its own to send first, as a poll or an upgrade that is under way
 * has, and takes the library's way, behind it. `slow` has more waiting than one may have.
 */
export function writeFrame(
  socket: Socket,
  bytes: Buffer,
  most: { readonly waitingBytes: number; readonly waitingPackets: number },
): 'written' | 'busy' | 'slow' {
  const connection = socket.conn as unknown as EngineConnection;
  const { transport } = connection;
  const stream = transport.socket?._socket;
  if (
    connection.writeBuffer?.length > most.waitingPackets ||
    (stream ? stream.writableLength : 0) > most.waitingBytes
  )
    return 'slow';
  if (
    transport.name !== 'websocket' ||
    !transport.writable ||
    connection.writeBuffer?.length !== 0 ||
    connection.readyState !== 'open' ||
    transport.socket?.readyState !== openWebSocket ||
    !stream?.writable
  )
    return 'busy';
  stream.write(bytes);
  return 'written';
}

/** Whether nothing at all waits for this reader: only then is it sent what it can do without. */
export function isIdle(socket: Socket): boolean {
  const { transport, writeBuffer } = socket.conn as unknown as EngineConnection;
  return transport.writable && writeBuffer?.length === 0 && !(transport.socket?._socket?.writableLength ?? 0);
}

/** Closes the connection without the handshake that the other end does not answer. */
export function terminate(socket: Socket): void {
  (socket.conn as unknown as EngineConnection).transport.socket?.terminate();
}
