import { randomBytes } from 'node:crypto';
import { PublishFault } from '../flv/publish-fault.ts';

const version = 3;
const partBytes = 1_536;

/**
 * The simple handshake (Adobe RTMP 1.0, 5.2), which clients of the digest one take as well. `push` gives back what
 * follows the handshake, or null while it lasts; it throws a PublishFault when this is not RTMP.
 */
export function openHandshake(send: (bytes: Buffer) => void): { push(piece: Buffer): Buffer | null } {
  const received = Buffer.alloc(1 + partBytes);
  let length = 0;
  let toSkip = partBytes;

  const answer = () => {
    const ours = Buffer.concat([Buffer.alloc(8), randomBytes(partBytes - 8)]);
    send(Buffer.concat([Buffer.of(version), ours, received.subarray(1)]));
  };

  return {
    push(piece) {
      let rest = piece;
      if (length < received.length) {
        const used = rest.copy(received, length);
        length += used;
        rest = rest.subarray(used);
        if (used > 0 && received[0] !== version) throw new PublishFault('This is not RTMP.');
        if (length < received.length) return null;
        answer();
      }
      // What the client echoes proves nothing, and some encoders do not echo.
      const skipped = Math.min(toSkip, rest.length);
      toSkip -= skipped;
      return toSkip > 0 ? null : rest.subarray(skipped);
    },
  };
}
