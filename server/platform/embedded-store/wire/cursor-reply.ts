import type { Long } from 'bson';

/**
 * Encodes `{ cursor: { firstBatch | nextBatch: [...], id, ns }, ok: 1 }` around documents that are bytes already:
 * decoding and encoding them again would cost more than the rest of the command.
 */
export function encodeCursorReply(
  batchName: 'firstBatch' | 'nextBatch',
  documents: readonly Uint8Array[],
  id: Long,
  namespace: string,
): Uint8Array {
  const namespaceBytes = Buffer.byteLength(namespace) + 1;
  let batchBytes = 5;
  documents.forEach((document, i) => (batchBytes += 2 + String(i).length + document.length));
  const cursorBytes = 5 + (2 + batchName.length) + batchBytes + (1 + 3 + 8) + (1 + 3 + 4 + namespaceBytes);
  const total = 5 + (1 + 7) + cursorBytes + (1 + 3 + 8);
  const reply = Buffer.allocUnsafe(total);
  let at = reply.writeInt32LE(total, 0);
  const name = (type: number, text: string): void => {
    reply[at++] = type;
    at += reply.write(text, at, 'utf8');
    reply[at++] = 0;
  };
  name(0x03, 'cursor');
  at = reply.writeInt32LE(cursorBytes, at);
  name(0x04, batchName);
  at = reply.writeInt32LE(batchBytes, at);
  documents.forEach((document, i) => {
    name(0x03, String(i));
    reply.set(document, at);
    at += document.length;
  });
  reply[at++] = 0;
  // The driver insists on a 64-bit integer here.
  name(0x12, 'id');
  at = reply.writeInt32LE(id.low, at);
  at = reply.writeInt32LE(id.high, at);
  name(0x02, 'ns');
  at = reply.writeInt32LE(namespaceBytes, at);
  at += reply.write(namespace, at, 'utf8');
  reply[at++] = 0;
  reply[at++] = 0;
  name(0x01, 'ok');
  at = reply.writeDoubleLE(1, at);
  reply[at] = 0;
  return reply;
}
