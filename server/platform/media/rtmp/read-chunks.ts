import { PublishFault } from '../flv/publish-fault.ts';
import {
  applyHeader,
  hasExtendedTime,
  readChunkHeader,
  type ChunkHeader,
  type ChunkStream,
} from './chunk-header.ts';
import { GrowingBuffer } from './growing-buffer.ts';
import { messageTypes, type RtmpMessage } from './rtmp-message.ts';

/** Encoders use about six. */
const maxChunkStreams = 64;
/** Of messages on their way, all chunk streams together, as a multiple of the largest one. */
const maxGathered = 2;

export interface ChunkReader {
  /** Pieces of any size. Throws a PublishFault; nothing may be pushed afterwards. */
  push(piece: Buffer): void;
  /** The largest message from now on, in bytes. */
  allow(maxMessageBytes: number): void;
}

/** Makes messages of a chunk stream (Adobe RTMP 1.0, 5.3). Chunk sizes and aborts are obeyed here. */
export function readChunks(maxMessageBytes: number, onMessage: (message: RtmpMessage) => void): ChunkReader {
  const streams = new Map<number, ChunkStream>();
  let maxBytes = maxMessageBytes;
  let chunkSize = 128;
  /** The beginning of a header, 17 bytes at most. */
  let kept: Buffer = Buffer.alloc(0);
  let current: ChunkStream | null = null;
  let leftOfChunk = 0;

  /** What follows the header; null: it is not whole yet. */
  const takeHeader = (piece: Buffer): Buffer | null => {
    const bytes = kept.length ? Buffer.concat([kept, piece]) : piece;
    const header = readChunkHeader(bytes);
    const stream = header && (streams.get(header.chunkStreamId) ?? begin(header));
    const isExtended = stream && hasExtendedTime(header, stream, bytes);
    if (!stream || isExtended === null) {
      kept = Buffer.from(bytes);
      return null;
    }
    kept = Buffer.alloc(0);
    applyHeader(header, stream, bytes, isExtended);
    beginMessage(stream);
    current = stream;
    leftOfChunk = Math.min(chunkSize, stream.message?.missing ?? 0);
    return bytes.subarray(header.size + (isExtended ? 4 : 0));
  };

  const begin = ({ format, chunkStreamId }: ChunkHeader): ChunkStream => {
    if (format > 1) throw new PublishFault('The stream of chunks is broken.');
    if (streams.size >= maxChunkStreams) throw new PublishFault('Too many chunk streams.');
    const stream: ChunkStream = {
      timestamp: 0,
      delta: 0,
      extended: null,
      length: 0,
      type: 0,
      streamId: 0,
      message: null,
    };
    streams.set(chunkStreamId, stream);
    return stream;
  };

  const beginMessage = (stream: ChunkStream) => {
    if (stream.message) return;
    if (stream.length > maxBytes) throw new PublishFault('A message is too large.');
    stream.message = new GrowingBuffer(stream.length);
    let gathered = 0;
    for (const { message } of streams.values()) gathered += message?.wanted ?? 0;
    if (gathered > maxBytes * maxGathered) throw new PublishFault('Too many messages at once.');
  };

  const finishMessage = (stream: ChunkStream, message: GrowingBuffer) => {
    stream.message = null;
    const body = message.take();
    const { type, timestamp, streamId } = stream;
    if (type === messageTypes.setChunkSize) chunkSize = readChunkSize(body);
    else if (type === messageTypes.abort && body.length >= 4) abort(body.readUInt32BE(0));
    else onMessage({ type, timestamp, streamId, body });
  };
  const abort = (id: number) => {
    const stream = streams.get(id);
    if (stream) stream.message = null;
  };

  return {
    allow(maxMessageBytes) {
      maxBytes = maxMessageBytes;
    },
    push(piece) {
      let rest: Buffer = piece;
      // An empty message ends without a byte of its own, so its chunk is finished before the next byte is asked for.
      while (rest.length > 0 || current) {
        if (!current) {
          const after = takeHeader(rest);
          if (!after) return;
          rest = after;
          continue;
        }
        const part = rest.subarray(0, leftOfChunk);
        current.message?.add(part);
        leftOfChunk -= part.length;
        rest = rest.subarray(part.length);
        if (leftOfChunk > 0) return;
        const stream: ChunkStream = current;
        current = null;
        if (stream.message?.missing === 0) finishMessage(stream, stream.message);
      }
    },
  };
}

function readChunkSize(body: Buffer): number {
  const size = body.length >= 4 ? body.readUInt32BE(0) : 0;
  if (size < 1 || size > 0x7fffffff) throw new PublishFault('The chunk size makes no sense.');
  return size;
}
