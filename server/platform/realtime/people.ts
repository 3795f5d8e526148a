import { TokenBucket, type BucketSize } from './token-bucket.ts';

interface Person {
  readonly sockets: Set<string>;
  readonly bucket: TokenBucket;
  /** Of messages that have a rate of their own, by name. */
  buckets: Map<string, TokenBucket> | null;
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
      person = { sockets: new Set(), bucket: new TokenBucket(this.limits.messagesPerPerson), buckets: null };
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

  /** The same for one kind of message that has a rate of its own, over all sockets of this person. */
  takeTokenFor(name: string, message: string, rate: BucketSize): number {
    const person = this.#people.get(name);
    if (!person) return 0;
    person.buckets ??= new Map();
    let bucket = person.buckets.get(message);
    if (!bucket) person.buckets.set(message, (bucket = new TokenBucket(rate)));
    return bucket.take();
  }

  #sinceSweep = 0;
  #forgetIdle(): void {
    this.#sinceSweep += 1;
    if (this.#sinceSweep < this.#people.size) return;
    this.#sinceSweep = 0;
    for (const [name, { sockets, bucket, buckets }] of this.#people)
      if (sockets.size === 0 && [bucket, ...(buckets?.values() ?? [])].every((each) => each.isFull()))
        this.#people.delete(name);
  }
}
