/** People who fetched a picture within this time are watching. */
const watchingMs = 10_000;
/** A player asks many times a second; to note it once is enough. */
const notedMs = 1_000;

export interface ViewerCount {
  saw(streamId: string, viewer: string): void;
  count(streamId: string): number;
}

/** Counts people, not connections: each has one tag in every token of theirs. */
export function countViewers(now: () => number): ViewerCount {
  const streams = new Map<string, Map<string, number>>();
  return {
    saw(streamId, viewer) {
      const at = now();
      const seen = streams.get(streamId) ?? new Map<string, number>();
      const before = seen.get(viewer);
      if (before !== undefined && at - before < notedMs) return;
      if (seen.size === 0) streams.set(streamId, seen);
      // Last in the map, so that those who left are found at its beginning.
      seen.delete(viewer);
      seen.set(viewer, at);
    },
    count(streamId) {
      const seen = streams.get(streamId);
      if (!seen) return 0;
      for (const [viewer, at] of seen) {
        if (at > now() - watchingMs) break;
        seen.delete(viewer);
      }
      if (seen.size === 0) streams.delete(streamId);
      return seen.size;
    },
  };
}
