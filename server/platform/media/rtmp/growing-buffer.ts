const firstBytes = 64 * 1024;

/** Gathers bytes whose number is known, but takes memory only as they come: a length alone costs nothing. */
export class GrowingBuffer {
  readonly wanted: number;
  #bytes: Buffer;
  #length = 0;

  constructor(wanted: number) {
    this.wanted = wanted;
    this.#bytes = Buffer.allocUnsafe(Math.min(wanted, firstBytes));
  }

  get missing(): number {
    return this.wanted - this.#length;
  }

  add(piece: Buffer): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(this.wanted, Math.max(length, this.#bytes.length * 2)));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    piece.copy(this.#bytes, this.#length);
    this.#length = length;
  }

  take(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}
