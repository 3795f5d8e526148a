import type { Clock } from '../../server/platform/time/clock.ts';

/** Stands still until a test moves it. */
export class TestClock implements Clock {
  #now: number;
  constructor(now: string) {
    this.#now = Date.parse(now);
  }
  now(): Date {
    return new Date(this.#now);
  }
  set(now: string): void {
    this.#now = Date.parse(now);
  }
  advance(by: { seconds?: number; minutes?: number; hours?: number; days?: number }): void {
    const { seconds = 0, minutes = 0, hours = 0, days = 0 } = by;
    this.#now += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  }
}
