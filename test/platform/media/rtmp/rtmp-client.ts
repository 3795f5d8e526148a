import { connect } from 'node:net';
import { writeAmf0 } from '../../../../server/platform/media/rtmp/amf0.ts';
import { messageTypes } from '../../../../server/platform/media/rtmp/rtmp-message.ts';
import { writeChunks } from '../../../../server/platform/media/rtmp/write-chunks.ts';

export const command = (...values: Parameters<typeof writeAmf0>[0]): Buffer =>
  message(messageTypes.amf0Command, writeAmf0(values));
export const message = (type: number, body: Buffer, timestamp = 0): Buffer =>
  writeChunks({ type, timestamp, streamId: 1, body }, 3, 128);

/** What a client says until it publishes, in one go. */
export const hello = (): Buffer => Buffer.concat([Buffer.of(3), Buffer.alloc(1_536), Buffer.alloc(1_536, 7)]);
export const publishing = (key: string): Buffer =>
  Buffer.concat([
    command('connect', 1, { app: 'live', tcUrl: 'rtmp://localhost/live' }),
    command('releaseStream', 2, null, key),
    command('FCPublish', 3, null, key),
    command('createStream', 4, null),
    command('publish', 5, null, key, 'live'),
  ]);

/** A bare connection that keeps what it hears, as text of single bytes. */
export function openRawClient(port: number) {
  const connection = connect({ port, host: '127.0.0.1' });
  const client = {
    connection,
    heard: '',
    isClosed: false,
    send: (bytes: Buffer) => void connection.write(bytes),
  };
  connection.setNoDelay(true);
  connection.on('data', (piece: Buffer) => (client.heard += piece.toString('latin1')));
  connection.on('error', () => undefined);
  connection.on('close', () => (client.isClosed = true));
  return client;
}
