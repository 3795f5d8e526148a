import type { RtmpMessage } from './rtmp-message.ts';

/** One message as chunks: a full header, then pieces of `chunkSize` after one byte each. */
export function writeChunks(message: RtmpMessage, chunkStreamId: number, chunkSize: number): Buffer {
  const { type, timestamp, streamId, body } = message;
  const isExtended = timestamp >= 0xffffff;
  const extended = Buffer.alloc(isExtended ? 4 : 0);
  if (isExtended) extended.writeUInt32BE(timestamp);
  const header = Buffer.alloc(12);
  header[0] = chunkStreamId;
  header.writeUIntBE(isExtended ? 0xffffff : timestamp, 1, 3);
  header.writeUIntBE(body.length, 4, 3);
  header[7] = type;
  header.writeUInt32LE(streamId, 8);
  const parts = [header, extended, body.subarray(0, chunkSize)];
  for (let at = chunkSize; at < body.length; at += chunkSize)
    parts.push(Buffer.of(0xc0 | chunkStreamId), extended, body.subarray(at, at + chunkSize));
  return Buffer.concat(parts);
}
