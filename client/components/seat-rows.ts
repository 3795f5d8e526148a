import type { Places } from '../../server/contracts/event-card.ts';

interface SeatArc {
  /** Path data from the first seat to the last. */
  arc: string;
  /** Drawn with dashes of length 0, one a seat; the extra tenth keeps the last one. */
  length: number;
}

interface SeatRow {
  radius: number;
  taken: SeatArc | null;
  free: SeatArc | null;
}

interface Chamber {
  viewBox: string;
  dot: number;
  rows: readonly SeatRow[];
  yours: { x: number; y: number };
}

const sizes = {
  cover: {
    width: 640,
    height: 352,
    innermost: 112,
    step: 29,
    rows: 7,
    dot: 17,
    seatsInFirstRow: 14,
    moreEachRow: 4,
  },
  small: {
    width: 340,
    height: 190,
    innermost: 62,
    step: 27,
    rows: 4,
    dot: 13,
    seatsInFirstRow: 9,
    moreEachRow: 4,
  },
} as const;

/** Seats fill from the left of each row, so the edge between taken and free runs like a spoke. */
export function chamberRows({ capacity, taken }: Places, size: keyof typeof sizes): Chamber {
  const look = sizes[size];
  const centre = { x: look.width / 2, y: look.height - 30 };
  const share = capacity ? Math.min(1, taken / capacity) : 0.6;
  const rows: SeatRow[] = [];
  let yours = centre;
  for (let row = 0; row < look.rows; row++) {
    const seats = look.seatsInFirstRow + row * look.moreEachRow;
    const radius = look.innermost + row * look.step;
    const filled = filledSeats(seats, share, taken, capacity);
    const seatAt = (seat: number) => {
      const angle = Math.PI - (Math.PI * seat) / (seats - 1);
      return { x: round(centre.x + radius * Math.cos(angle)), y: round(centre.y - radius * Math.sin(angle)) };
    };
    const arcOf = (first: number, last: number): SeatArc | null => {
      if (last < first) return null;
      const from = seatAt(first);
      // A row of one seat still needs a path that is not empty, or no dot is drawn.
      const to = first === last ? { x: from.x + 0.1, y: from.y + 0.1 } : seatAt(last);
      return {
        arc: `M${from.x} ${from.y}A${radius} ${radius} 0 0 1 ${to.x} ${to.y}`,
        length: last - first + 0.1,
      };
    };
    rows.push({ radius, taken: arcOf(0, filled - 1), free: arcOf(filled, seats - 1) });
    if (row === look.rows - 3) yours = seatAt(Math.max(0, filled - 1));
  }
  return { viewBox: `0 0 ${look.width} ${look.height}`, dot: look.dot, rows, yours };
}

/** Never full while a place is left, never empty once one is taken. */
function filledSeats(seats: number, share: number, taken: number, capacity: number | null): number {
  const filled = Math.round(seats * share);
  if (taken > 0 && filled === 0) return 1;
  if (capacity !== null && taken < capacity && filled === seats) return seats - 1;
  return filled;
}

const round = (value: number) => Math.round(value * 10) / 10;
