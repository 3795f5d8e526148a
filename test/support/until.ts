import { setTimeout as delay } from 'node:timers/promises';

/** Looks every `everyMs` until `look` finds something; throws with `what` when it does not in time. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  withinMs = 15_000,
  everyMs = 25,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found as NonNullable<Exclude<T, false>>;
    if (performance.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain for ${what}`);
    await delay(everyMs);
  }
}
