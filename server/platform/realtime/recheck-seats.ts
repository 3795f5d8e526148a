import type { LiveTicket } from '../../contracts/live-ticket.ts';
import type { Logger } from '../logging/create-logger.ts';
import type { OwnSeat } from './seat.ts';

/** Whoever came in by a ticket is checked soon, but a rush of thousands is not a rush on the store. */
const newcomersPerSecond = 200;
/** Questions to the store under way. */
const mostAtOnce = 20;

/**
 * Goes round all seats once every `everyMs`, evenly, so that everybody who came at ten o'clock is not checked at
 * once; newcomers by ticket are checked before their turn. Tickets are asked about together, and only who is then in
 * doubt is asked alone.
 */
export function recheckSeats(
  seats: ReadonlyMap<string, OwnSeat>,
  options: {
    readonly everyMs: number;
    readonly logger: Logger;
    /** Which of these tickets surely still stand. */
    readonly checkTickets?:
      ((tickets: readonly LiveTicket[]) => Promise<ReadonlySet<LiveTicket>>) | undefined;
  },
): { soon(seat: OwnSeat): void; stop(): void } {
  const tickMs = Math.min(500, Math.max(5, options.everyMs / 8));
  let newcomers: OwnSeat[] = [];
  let round = seats.values();
  let due = 0;
  let running = 0;

  const check = async (some: readonly OwnSeat[]) => {
    running += 1;
    try {
      const tickets = some.flatMap(({ ticket }) => ticket ?? []);
      const standing = tickets.length > 0 ? await options.checkTickets?.(tickets) : undefined;
      for (const seat of some)
        if (seat.ticket && standing?.has(seat.ticket)) seat.isConfirmed = true;
        else await seat.recheckNow();
    } catch (error) {
      options.logger.warn({ err: error }, 'seats could not be re-checked');
    } finally {
      running -= 1;
    }
  };
  const nextOfRound = (): OwnSeat[] => {
    due = Math.min(seats.size, due + (seats.size * tickMs) / options.everyMs);
    const some: OwnSeat[] = [];
    for (; due >= 1; due -= 1) {
      let next = round.next();
      if (next.done) next = (round = seats.values()).next();
      if (!next.done) some.push(next.value);
    }
    return some;
  };
  const timer = setInterval(() => {
    if (running >= mostAtOnce) return;
    const soon = newcomers.splice(0, Math.ceil((newcomersPerSecond * tickMs) / 1000));
    const some = [...soon, ...nextOfRound()].filter((seat) => !seat.hasLeft);
    if (some.length > 0) void check(some);
  }, tickMs);
  timer.unref();
  return {
    soon: (seat) => void newcomers.push(seat),
    stop() {
      clearInterval(timer);
      newcomers = [];
    },
  };
}
