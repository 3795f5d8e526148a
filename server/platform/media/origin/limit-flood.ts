/** One person's players: a dozen open blocking requests is already three devices. */
const mostOpenPerViewer = 48;
/** Two playlists and four parts a second is usual, twenty times that at a seek. */
const mostPerSecond = 150;
const mostOpen = 12_000;

export interface FloodLimit {
  /** null: too much at once. Otherwise to be called once, when the answer is over. */
  readonly enter: (viewer: string) => (() => void) | null;
}

interface Visitor {
  open: number;
  /** In this second. */
  asked: number;
  readonly leave: () => void;
}

/** Keeps one viewer, or all together, from taking what the others need. */
export function limitFlood(now: () => number): FloodLimit {
  const visitors = new Map<string, Visitor>();
  let second = 0;
  let all = 0;
  const greet = (viewer: string): Visitor => {
    const visitor: Visitor = {
      open: 0,
      asked: 0,
      leave: () => {
        visitor.open -= 1;
        all -= 1;
      },
    };
    visitors.set(viewer, visitor);
    return visitor;
  };
  return {
    enter(viewer) {
      const current = Math.floor(now() / 1_000);
      if (current !== second) {
        for (const [name, visitor] of visitors)
          if (visitor.open === 0) visitors.delete(name);
          else visitor.asked = 0;
        second = current;
      }
      const visitor = visitors.get(viewer) ?? greet(viewer);
      visitor.asked += 1;
      if (visitor.asked > mostPerSecond || visitor.open >= mostOpenPerViewer || all >= mostOpen) return null;
      visitor.open += 1;
      all += 1;
      return visitor.leave;
    },
  };
}
