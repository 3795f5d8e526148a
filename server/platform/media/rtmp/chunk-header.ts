import type { GrowingBuffer } from './growing-buffer.ts';

/** What the last chunk of one chunk stream said; headers of the shorter kinds leave parts of it out. */
export interface ChunkStream {
  timestamp: number;
  /** What a message that begins with the shortest header adds. */
  delta: number;
  /** The four bytes of time that follow a header whose three are full; null where they were enough. */
  extended: number | null;
  length: number;
  type: number;
  streamId: number;
  /** The message that is on its way; null between two. */
  message: GrowingBuffer | null;
}

export interface ChunkHeader {
  readonly format: number;
  readonly chunkStreamId: number;
  /** Bytes of the header without the extended timestamp. */
  readonly size: number;
}

/** Bytes of a message header by its format (Adobe RTMP 1.0, 5.3.1.2). */
const messageHeaderBytes = [11, 7, 3, 0];
const fullTime = 0xffffff;

/** The basic header, once the whole header is there; null before. */
export function readChunkHeader(bytes: Buffer): ChunkHeader | null {
  const first = bytes[0];
  if (first === undefined) return null;
  const format = first >> 6;
  const low = first & 0x3f;
  const basic = low === 0 ? 2 : low === 1 ? 3 : 1;
  const size = basic + (messageHeaderBytes[format] ?? 0);
  if (bytes.length < size) return null;
  const more = (bytes[1] ?? 0) + 64;
  const chunkStreamId = low === 0 ? more : low === 1 ? more + (bytes[2] ?? 0) * 256 : low;
  return { format, chunkStreamId, size };
}

/** Whether four more bytes of time follow; null: they may, and have not come yet. */
export function hasExtendedTime(header: ChunkHeader, stream: ChunkStream, bytes: Buffer): boolean | null {
  if (header.format < 3) {
    const time = bytes.readUIntBE(header.size - (messageHeaderBytes[header.format] ?? 0), 3);
    if (time !== fullTime) return false;
    return bytes.length >= header.size + 4 ? true : null;
  }
  if (stream.extended === null) return false;
  if (bytes.length < header.size + 4) return null;
  // The standard repeats them in every chunk; some encoders do not, so that these four are the picture itself.
  return stream.message === null || bytes.readUInt32BE(header.size) === stream.extended;
}

/** Takes what a header says into its chunk stream. A message that was on its way under another header is given up. */
export function applyHeader(
  header: ChunkHeader,
  stream: ChunkStream,
  bytes: Buffer,
  isExtended: boolean,
): void {
  const { format, size } = header;
  if (format === 3) {
    if (stream.message) return;
    if (isExtended) stream.extended = bytes.readUInt32BE(size);
    stream.timestamp = (stream.timestamp + stream.delta) >>> 0;
    return;
  }
  const at = size - (messageHeaderBytes[format] ?? 0);
  const time = isExtended ? bytes.readUInt32BE(size) : bytes.readUIntBE(at, 3);
  stream.extended = isExtended ? time : null;
  stream.message = null;
  stream.delta = time;
  stream.timestamp = format === 0 ? time : (stream.timestamp + time) >>> 0;
  // By the letter, time that is absolute is also the step to the next message. Encoders that mean "the same time"
  // write no other header, and an hour's leap would follow.
  if (format === 0 && time > 1_000) stream.delta = 0;
  if (format < 2) {
    stream.length = bytes.readUIntBE(at + 3, 3);
    stream.type = bytes[at + 6] ?? 0;
  }
  if (format === 0) stream.streamId = bytes.readUInt32LE(at + 7);
}
