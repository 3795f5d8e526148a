import type { OwnSeat } from './seat.ts';

/** Whoever came in by a ticket is checked soon, but a rush of thousands is not a rush on the store. */
const newcomersPerSecond = 200;
const mostAtOnce = 50;

/**
 * Goes round all seats once every `everyMs`, evenly, so that everybody who came at ten o'clock is not checked at
 * once; newcomers by ticket are checked before their turn.
 */
export function recheckSeats(
  seats: ReadonlyMap<string, OwnSeat>,
  everyMs: number,
): { soon(seat: OwnSeat): void; stop(): void } {
  const tickMs = Math.min(250, Math.max(5, everyMs / 8));
  let newcomers: OwnSeat[] = [];
  let round = seats.values();
  let due = 0;
  let dueNewcomers = 0;
  let running = 0;

  const check = (seat: OwnSeat) => {
    running += 1;
    void seat.recheckNow().finally(() => (running -= 1));
  };
  const tick = () => {
    dueNewcomers = Math.min(newcomersPerSecond / 4, dueNewcomers + (newcomersPerSecond * tickMs) / 1000);
    while (newcomers.length > 0 && dueNewcomers >= 1 && running < mostAtOnce) {
      dueNewcomers -= 1;
      const seat = newcomers.shift();
      if (seat && !seat.hasLeft) check(seat);
    }
    due = Math.min(seats.size, due + (seats.size * tickMs) / everyMs);
    while (due >= 1 && running < mostAtOnce) {
      due -= 1;
      let next = round.next();
      if (next.done) next = (round = seats.values()).next();
      if (!next.done) check(next.value);
    }
  };
  const timer = setInterval(tick, tickMs);
  timer.unref();
  return {
    soon: (seat) => void newcomers.push(seat),
    stop() {
      clearInterval(timer);
      newcomers = [];
    },
  };
}
