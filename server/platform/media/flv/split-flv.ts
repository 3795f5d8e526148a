import type { FlvTag } from './flv-tag.ts';
import { PublishFault } from './publish-fault.ts';

/** A tag's length has three bytes; no picture of ours comes near it. */
const maxTagBytes = 8 * 1024 * 1024;

/**
 * Reads an FLV file as it comes, in pieces of any size. `push` throws a PublishFault when it is not FLV; nothing may
 * be pushed afterwards.
 */
export function splitFlv(onTag: (tag: FlvTag) => void): { push(piece: Buffer): void } {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let needed = 9;
  let isInHeader = true;

  const takeHeader = (bytes: Buffer) => {
    if (bytes.toString('latin1', 0, 3) !== 'FLV') throw new PublishFault('This is not FLV.');
    const length = bytes.readUInt32BE(5);
    if (length < 9 || length > 1_024) throw new PublishFault('The FLV header is broken.');
    if (bytes.length < length + 4) return length + 4;
    isInHeader = false;
    return -(length + 4);
  };
  // Negative: so many bytes were used. Positive: so many are needed.
  const takeTag = (bytes: Buffer) => {
    if (bytes.length < 11) return 11;
    const length = bytes.readUIntBE(1, 3);
    if (length > maxTagBytes) throw new PublishFault('An FLV tag is too large.');
    const whole = 11 + length + 4;
    if (bytes.length < whole) return whole;
    const timestamp = bytes.readUIntBE(4, 3) + (bytes[7] ?? 0) * 0x1000000;
    onTag({ type: (bytes[0] ?? 0) & 0x1f, timestamp, body: bytes.subarray(11, 11 + length) });
    return -whole;
  };

  return {
    push(piece) {
      waiting.push(piece);
      waitingBytes += piece.length;
      if (waitingBytes < needed) return;
      let bytes = waiting.length === 1 ? piece : Buffer.concat(waiting);
      for (;;) {
        needed = isInHeader ? takeHeader(bytes) : takeTag(bytes);
        if (needed > 0) break;
        bytes = bytes.subarray(-needed);
        needed = 11;
        if (bytes.length < needed) break;
      }
      waiting = bytes.length ? [bytes] : [];
      waitingBytes = bytes.length;
    },
  };
}
