import type { z } from 'zod';
import type { LiveTicket } from '../../contracts/live-ticket.ts';
import { AppError } from '../../contracts/problem.ts';
import type { BucketSize } from './token-bucket.ts';
import type { Who } from './who.ts';

/** The sender of one message, as its handler sees it. */
export interface Seat {
  readonly socketId: string;
  /** Asked of the store anew, so that a role or place that was taken away is gone with the next message. */
  currentWho(): Promise<Who>;
  /** Puts the socket in a room. `stillMay` is asked again at every re-check; it throws once the right is gone. */
  enter(room: string, stillMay: (who: Who) => Promise<unknown>): Promise<void>;
  leave(room: string): Promise<void>;
  /** What the ticket said that let this socket in; null when it came by its cookies. */
  readonly ticket: LiveTicket | null;
  /** The store was asked about that ticket since: only then may it be renewed without asking again. */
  readonly isConfirmed: boolean;
}

/**
 * One message a browser may send. `permit` runs before every `handle` and has no default: it throws an AppError,
 * or returns what the handler needs to know about the sender's right.
 */
export interface LiveMessageDefinition<
  Schema extends z.ZodType,
  Permit extends object,
  Answer extends object,
> {
  readonly name: `${string}:${string}`;
  readonly schema: Schema;
  readonly permit: (who: Who, message: z.infer<Schema>) => Promise<Permit>;
  /**
   * Only for joining and staying, which thousands do at once: permits by the socket's ticket, without a question to
   * the store. null asks the store after all. The seat is re-checked against the store soon, whatever this says.
   */
  readonly permitByTicket?: (ticket: LiveTicket, message: z.infer<Schema>) => Promise<Permit> | null;
  /** Called before anything is asked of the store: in a storm it makes those who speak at once begin together. */
  readonly inStep?: (() => Promise<void>) | undefined;
  /** How often one person may send it, over all sockets; on top of the limits of all messages. */
  readonly rate?: BucketSize | null;
  readonly handle: (message: z.infer<Schema>, permit: Permit, seat: Seat) => Promise<Answer>;
}

/** A message with its types folded away, ready to be served. */
export interface ServedMessage {
  readonly name: string;
  readonly rate: BucketSize | null;
  /** Parses, asks for permission, runs. Throws AppError for everything that is the sender's doing. */
  answer(payload: unknown, seat: Seat): Promise<object>;
}

export function liveMessage<S extends z.ZodType, P extends object, A extends object>(
  definition: LiveMessageDefinition<S, P, A>,
): ServedMessage {
  return {
    name: definition.name,
    rate: definition.rate ?? null,
    async answer(payload, seat) {
      const parsed = definition.schema.safeParse(payload);
      if (!parsed.success)
        throw new AppError('invalid', 'This page is out of date. Reload it and try again.', {
          cause: parsed.error,
        });
      const byTicket = seat.ticket && definition.permitByTicket?.(seat.ticket, parsed.data);
      if (!byTicket) await definition.inStep?.();
      const permit = await (byTicket ?? definition.permit(await seat.currentWho(), parsed.data));
      return definition.handle(parsed.data, permit, seat);
    },
  };
}
