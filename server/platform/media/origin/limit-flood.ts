/** One person's players: a dozen open blocking requests is already three devices. */
const mostOpenPerViewer = 48;
/** Two playlists and four parts a second is usual, twenty times that at a seek. */
const mostPerSecond = 150;
const mostOpen = 12_000;

export interface FloodLimit {
  /** null: too much at once. Otherwise to be called when the answer is over. */
  enter(viewer: string): (() => void) | null;
}

/** Keeps one viewer, or all together, from taking what the others need. */
export function limitFlood(now: () => number): FloodLimit {
  const open = new Map<string, number>();
  let recent = new Map<string, number>();
  let second = 0;
  let all = 0;
  return {
    enter(viewer) {
      const current = Math.floor(now() / 1_000);
      if (current !== second) recent = new Map<string, number>();
      second = current;
      const asked = (recent.get(viewer) ?? 0) + 1;
      recent.set(viewer, asked);
      const waiting = open.get(viewer) ?? 0;
      if (asked > mostPerSecond || waiting >= mostOpenPerViewer || all >= mostOpen) return null;
      open.set(viewer, waiting + 1);
      all += 1;
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        all -= 1;
        const left = (open.get(viewer) ?? 1) - 1;
        if (left > 0) open.set(viewer, left);
        else open.delete(viewer);
      };
    },
  };
}
