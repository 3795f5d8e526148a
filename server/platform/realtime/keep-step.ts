import { setTimeout as delay } from 'node:timers/promises';

/**
 * Lets the first begin at once, and whoever comes within `everyMs` of it begin together at the end of that time: what
 * they then ask of the store is asked for all of them in one, and written in one.
 */
export function keepStep(everyMs: number): () => Promise<void> {
  let begunAt = -Infinity;
  let next: Promise<void> | null = null;
  const begin = () => {
    begunAt = performance.now();
    next = null;
  };
  return () => {
    if (next) return next;
    const restMs = begunAt + everyMs - performance.now();
    if (restMs > 0) return (next = delay(restMs).then(begin));
    begin();
    return Promise.resolve();
  };
}
