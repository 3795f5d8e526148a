import type { printFigure } from '../support/figures.ts';
import type { Posters } from './posters.ts';
import type { StoredDay } from './stored-day.ts';
import type { Viewers, Yardstick } from './subject.ts';

/** What every part of the measurement works with. */
export interface Run {
  readonly size: number;
  readonly rounds: number;
  readonly day: StoredDay;
  readonly posters: Posters;
  readonly subjects: Readonly<Record<'product' | 'ws' | 'plain', Viewers>>;
  readonly yardsticks: Readonly<Record<'ws' | 'plain', Yardstick>>;
  /** CPU ms of as many facts as a round of the fan-out has, told to nobody: storing, permissions, every schedule. */
  readonly alone: number;
  readonly say: (figure: string, value: number, target: Parameters<typeof printFigure>[3]) => void;
}

/** From a count by whole milliseconds. */
export function percentile(latencies: Readonly<Record<number, number>>, part: number): number {
  const sorted = Object.entries(latencies).map(([ms, count]) => [Number(ms), count] as const);
  sorted.sort(([a], [b]) => a - b);
  let left = sorted.reduce((sum, [, count]) => sum + count, 0) * part;
  return sorted.find(([, count]) => (left -= count) <= 0)?.[0] ?? NaN;
}
