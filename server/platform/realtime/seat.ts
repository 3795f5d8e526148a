import type { Socket } from 'socket.io';
import type { LiveTicket } from '../../contracts/live-ticket.ts';
import { AppError, type ProblemCode } from '../../contracts/problem.ts';
import type { Logger } from '../logging/create-logger.ts';
import type { RightsHolder } from './changed-rights.ts';
import type { Seat } from './live-message.ts';
import { isSameHolder, personOf, signInsOf, type Who } from './who.ts';

interface SeatSurroundings {
  readonly logger: Logger;
  authenticate(cookieHeader: string | undefined): Promise<Who>;
}
type Right = (who: Who) => Promise<unknown>;

/**
 * Holds who sits at a socket and in which rooms, and asks again when told to whether that is still right: a sign-in
 * may end in another process, a place may be cancelled, a role taken. A class, and lean: there are ten thousand.
 */
export class OwnSeat implements Seat {
  /** The socket is gone or was refused; nothing is checked any more. */
  hasLeft = false;
  isConfirmed = false;
  readonly #ticket: LiveTicket | null;
  #isInDoubt = false;
  readonly person: string;
  #who: Who | null;
  #rooms: { readonly name: string; stillMay: Right }[] = [];

  private constructor(
    readonly socket: Socket,
    readonly surroundings: SeatSurroundings,
    holder: { readonly person: string; readonly who: Who | null; readonly ticket: LiveTicket | null },
  ) {
    this.person = holder.person;
    this.#ticket = holder.ticket;
    this.#who = holder.who;
  }

  static byTicket(socket: Socket, ticket: LiveTicket, surroundings: SeatSurroundings): OwnSeat {
    return new OwnSeat(socket, surroundings, { person: ticket.person, who: null, ticket });
  }

  /** Throws for somebody who is nobody. */
  static async byCookie(socket: Socket, surroundings: SeatSurroundings): Promise<OwnSeat> {
    const who = await surroundings.authenticate(socket.handshake.headers.cookie);
    const person = personOf(who);
    if (person === null) throw new AppError('not-signed-in', 'Sign in to enter.');
    return new OwnSeat(socket, surroundings, { person, who, ticket: null });
  }

  /** null once its rights were in doubt: the store is asked for everything then, also for the next ticket. */
  get ticket(): LiveTicket | null {
    return this.#isInDoubt ? null : this.#ticket;
  }

  get socketId(): string {
    return this.socket.id;
  }

  async currentWho(): Promise<Who> {
    const now = await this.surroundings.authenticate(this.socket.handshake.headers.cookie);
    if (personOf(now) !== this.person) throw new AppError('not-signed-in', 'You have been signed out.');
    return (this.#who = now);
  }

  async enter(room: string, stillMay: Right): Promise<void> {
    const entered = this.#rooms.find(({ name }) => name === room);
    if (entered) entered.stillMay = stillMay;
    else this.#rooms.push({ name: room, stillMay });
    await this.socket.join(room);
  }

  async leave(room: string): Promise<void> {
    this.#rooms = this.#rooms.filter(({ name }) => name !== room);
    await this.socket.leave(room);
  }

  standsOn(signInId: string): boolean {
    return (this.#who ? signInsOf(this.#who) : (this.#ticket?.signInIds ?? [])).includes(signInId);
  }

  isHeldBy(holder: RightsHolder): boolean {
    if (this.#who) return isSameHolder(this.#who, holder);
    return (
      this.person === `attendee:${holder.email}` || this.#ticket?.registrationId === holder.registrationId
    );
  }

  /** Tells the browser why, and closes the socket. */
  refuse(code: ProblemCode, message: string): void {
    this.hasLeft = true;
    this.socket.emit('live:refused', { code, message });
    this.socket.disconnect(true);
  }

  /** Asks now, and not at the next turn, whether its rights still stand. */
  async recheckNow(): Promise<void> {
    if (this.hasLeft) return;
    this.#isInDoubt = true;
    try {
      const now = await this.currentWho();
      for (const { stillMay } of this.#rooms) await stillMay(now);
    } catch (error) {
      if (this.hasLeft) return;
      if (error instanceof AppError) return this.refuse(error.code, error.message);
      this.surroundings.logger.warn(
        { err: error, socketId: this.socketId },
        'a seat could not be re-checked',
      );
    }
  }
}
