import { TokenBucket, type BucketSize } from './token-bucket.ts';

interface Person {
  readonly sockets: Set<string>;
  readonly bucket: TokenBucket;
}

/** Counts sockets and messages per person. A bucket outlives its sockets, or reconnecting would fill it. */
export class People {
  readonly #people = new Map<string, Person>();

  constructor(
    readonly limits: { readonly socketsPerPerson: number; readonly messagesPerPerson: BucketSize },
  ) {}

  /** False when this person has as many sockets as one may have. */
  admit(name: string, socketId: string): boolean {
    let person = this.#people.get(name);
    if (!person) {
      this.#forgetIdle();
      person = { sockets: new Set(), bucket: new TokenBucket(this.limits.messagesPerPerson) };
      this.#people.set(name, person);
    }
    if (person.sockets.size >= this.limits.socketsPerPerson) return false;
    person.sockets.add(socketId);
    return true;
  }

  leave(name: string, socketId: string): void {
    this.#people.get(name)?.sockets.delete(socketId);
  }

  /** 0 when a message is allowed now, otherwise milliseconds to wait. */
  takeToken(name: string): number {
    return this.#people.get(name)?.bucket.take() ?? 0;
  }

  #sinceSweep = 0;
  #forgetIdle(): void {
    this.#sinceSweep += 1;
    if (this.#sinceSweep < this.#people.size) return;
    this.#sinceSweep = 0;
    for (const [name, person] of this.#people)
      if (person.sockets.size === 0 && person.bucket.isFull()) this.#people.delete(name);
  }
}
