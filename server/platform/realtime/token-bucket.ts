/** `burst` messages at once, then `perSecond` of them. */
export interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
}

/** A token bucket on the process's own clock, so that moving the time of events lends nobody tokens. */
export class TokenBucket {
  #tokens: number;
  #filledAt: number;

  constructor(
    readonly size: BucketSize,
    readonly nowMs: () => number = () => performance.now(),
  ) {
    this.#tokens = size.burst;
    this.#filledAt = nowMs();
  }

  /** 0 when a token was taken; otherwise how many milliseconds until there is one. */
  take(): number {
    this.#fill();
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.#tokens) / this.size.perSecond) * 1000);
  }

  isFull(): boolean {
    this.#fill();
    return this.#tokens >= this.size.burst;
  }

  #fill(): void {
    const now = this.nowMs();
    this.#tokens = Math.min(
      this.size.burst,
      this.#tokens + ((now - this.#filledAt) / 1000) * this.size.perSecond,
    );
    this.#filledAt = now;
  }
}
