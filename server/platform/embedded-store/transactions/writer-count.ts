const windowMs = 100;

/** How many writers there were lately, to know how many are worth waiting for. */
export class WriterCount {
  private current = new Set<number>();
  private before = 0;
  private windowEnd = 0;

  note(writer: number, now: number): void {
    if (now >= this.windowEnd) {
      this.before = now < this.windowEnd + windowMs ? this.current.size : 0;
      this.current = new Set();
      this.windowEnd = now + windowMs;
    }
    this.current.add(writer);
  }

  get lately(): number {
    return Math.max(this.before, this.current.size);
  }
}
