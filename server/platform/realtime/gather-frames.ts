/** Never oftener than ten times a second; the larger and busier a room, the longer, so that p99 stays under 150 ms. */
const shortestMs = 100;
const longestMs = 130;
/** Deliveries a second (messages x readers) at which a room has reached `longestMs`. */
const busiest = 50_000;

export interface FrameGatherer<Item> {
  add(room: string, items: readonly Item[]): void;
  /** Sends what still waits, and gathers no more. */
  stop(): void;
}

interface Room<Item> {
  items: Item[];
  sentAt: number;
  timer: NodeJS.Timeout | null;
}

/**
 * Gathers what is sent to one room into frames: what comes after a silence goes at once, what follows waits for
 * company. A frame of ten messages costs no more to send than one of one.
 */
export function gatherFrames<Item>(options: {
  readonly send: (room: string, items: readonly Item[]) => void;
  readonly roomSize: (room: string) => number;
}): FrameGatherer<Item> {
  const rooms = new Map<string, Room<Item>>();

  const send = (name: string, room: Room<Item>) => {
    const { items } = room;
    const sinceMs = performance.now() - room.sentAt;
    room.items = [];
    room.sentAt = performance.now();
    // A frame that closes an interval opens the next one.
    room.timer = setTimeout(flush, gatherForMs(options.roomSize(name), items.length, sinceMs), name, room);
    options.send(name, items);
  };
  const flush = (name: string, room: Room<Item>) => {
    room.timer = null;
    if (room.items.length > 0) send(name, room);
    else rooms.delete(name);
  };

  return {
    add(name, items) {
      const room = rooms.get(name);
      if (room) return void room.items.push(...items);
      const opened = { items: [...items], sentAt: -Infinity, timer: null };
      rooms.set(name, opened);
      send(name, opened);
    },
    stop() {
      for (const [name, room] of rooms) {
        if (room.timer) clearTimeout(room.timer);
        if (room.items.length > 0) options.send(name, room.items);
      }
      rooms.clear();
    },
  };
}

/** How long to gather for the next frame, by what the last one held and how long that took to come together. */
export function gatherForMs(readers: number, messages: number, sinceMs: number): number {
  const perSecond = (messages / Math.max(sinceMs, shortestMs)) * 1000;
  return shortestMs + (longestMs - shortestMs) * Math.min(1, (readers * perSecond) / busiest);
}
