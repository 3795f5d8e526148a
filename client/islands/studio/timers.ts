export interface Timers {
  /** Returns how to call it off. */
  readonly later: (work: () => void, ms: number) => () => void;
  /** Does what is due. */
  readonly tick: () => void;
}

/** Timers that go by somebody else's tick: those of a page in the background stand still for up to a minute. */
export function createTimers(now: () => number): Timers {
  const due = new Set<{ readonly at: number; readonly work: () => void }>();
  return {
    later(work, ms) {
      const entry = { at: now() + ms, work };
      due.add(entry);
      return () => void due.delete(entry);
    },
    tick() {
      const at = now();
      for (const entry of [...due].sort((one, other) => one.at - other.at))
        // One may have called off the next.
        if (entry.at <= at && due.delete(entry)) entry.work();
    },
  };
}
