import type { Socket } from 'socket.io';
import { AppError, type ProblemCode } from '../../contracts/problem.ts';
import type { Logger } from '../logging/create-logger.ts';
import type { Seat } from './live-message.ts';
import { personOf, type Who } from './who.ts';

/** A seat as the process sees it: it can also be taken away. */
export interface OwnSeat extends Seat {
  readonly who: Who;
  /** Tells the browser why, and closes the socket. */
  refuse(code: ProblemCode, message: string): void;
  /** Asks now, and not at the next turn, whether its rights still stand. */
  recheckNow(): Promise<void>;
  /** The socket is gone; nothing is checked any more. */
  leave(): void;
}

interface SeatOptions {
  readonly recheckMs: number;
  readonly logger: Logger;
  authenticate(): Promise<Who>;
}

/**
 * Holds who sits at a socket and in which rooms, and asks again every `recheckMs` whether that is still right:
 * a sign-in may end in another process, a place may be cancelled, a role taken.
 */
export function createSeat(socket: Socket, first: Who, options: SeatOptions): OwnSeat {
  const rooms = new Map<string, (who: Who) => Promise<unknown>>();
  const person = personOf(first);
  let who = first;
  let timer: NodeJS.Timeout | undefined;
  let hasLeft = false;

  const refuse = (code: ProblemCode, message: string) => {
    hasLeft = true;
    socket.emit('live:refused', { code, message });
    socket.disconnect(true);
  };
  const currentWho = async () => {
    const now = await options.authenticate();
    if (personOf(now) !== person) throw new AppError('not-signed-in', 'You have been signed out.');
    return (who = now);
  };
  const recheck = async () => {
    const now = await currentWho();
    for (const stillMay of rooms.values()) await stillMay(now);
  };
  const recheckNow = () =>
    recheck().catch((error: unknown) => {
      if (error instanceof AppError) return refuse(error.code, error.message);
      options.logger.warn({ err: error, socketId: socket.id }, 'a seat could not be re-checked');
    });
  const plan = () => {
    if (hasLeft) return;
    // Spread over half a period, or everybody who joined at ten o'clock is checked at once.
    timer = setTimeout(() => void recheckNow().then(plan), options.recheckMs * (0.75 + Math.random() / 2));
    timer.unref();
  };
  plan();

  return {
    socketId: socket.id,
    get who() {
      return who;
    },
    currentWho,
    async enter(room, stillMay) {
      rooms.set(room, stillMay);
      await socket.join(room);
    },
    refuse,
    recheckNow,
    leave: () => {
      hasLeft = true;
      clearTimeout(timer);
    },
  };
}
