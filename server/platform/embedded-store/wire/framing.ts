import { limits } from '../limits.ts';

/** Thrown for bytes that cannot be the wire protocol; the connection is closed without an answer. */
export class MalformedMessage extends Error {}

/**
 * Cuts a byte stream into whole wire messages (header included).
 * Keeps the pieces of an unfinished message apart until it is complete, so a 16 MiB message is copied once.
 */
export class MessageReader {
  private pieces: Buffer[] = [];
  private held = 0;

  push(chunk: Buffer): Buffer[] {
    this.pieces.push(chunk);
    this.held += chunk.length;
    const messages: Buffer[] = [];
    while (this.held >= 4) {
      const length = this.announcedLength();
      if (this.held < length) break;
      const bytes = this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces, this.held);
      messages.push(bytes.subarray(0, length));
      this.held -= length;
      this.pieces = this.held > 0 ? [bytes.subarray(length)] : [];
    }
    return messages;
  }

  private announcedLength(): number {
    if (this.pieces[0]!.length < 4) this.pieces = [Buffer.concat(this.pieces, this.held)];
    const length = this.pieces[0]!.readInt32LE(0);
    if (length < 16 || length > limits.messageBytes) throw new MalformedMessage(`message of ${length} bytes`);
    return length;
  }
}
