import type { Socket } from 'socket.io';
import { AppError, type ProblemCode } from '../../contracts/problem.ts';
import type { Logger } from '../logging/create-logger.ts';
import type { Seat, ServedMessage } from './live-message.ts';
import { refusedMessages } from './realtime-metrics.ts';

/** How much bad behaviour a socket may show before it is cut off: by kind of offence, out of 60. */
const offences = { unknown: 10, malformed: 10, tooFrequent: 1 } as const;
const patience = 60;

interface Guard {
  readonly messages: ReadonlyMap<string, ServedMessage>;
  readonly seat: Seat;
  readonly logger: Logger;
  /** 0 when another message is allowed now, otherwise milliseconds to wait. */
  takeToken(): number;
  takeTokenFor(message: ServedMessage): number;
  onGone(): void;
}

type Refusal = { ok: false; code: ProblemCode; message: string; retryAfterMs?: number };

/**
 * The only place that listens to a socket. Every message, whatever it is, passes here: a limit, a known name, one
 * payload and one ack, then the definition's own schema and permission. A handler that throws in a bare listener
 * would end the process (socket.io has no boundary of its own), so everything is caught and answered.
 */
export function guardSocket(socket: Socket, guard: Guard): void {
  let strikes = 0;
  const offend = (kind: keyof typeof offences) => {
    refusedMessages.inc({ reason: kind });
    strikes += offences[kind];
    if (strikes < patience) return;
    guard.logger.info({ socketId: socket.id }, 'a socket was cut off');
    socket.disconnect(true);
  };

  socket.onAny((name: unknown, ...parts: unknown[]) => {
    const ack = acknowledgement(parts);
    const refuse = (kind: keyof typeof offences, refusal: Omit<Refusal, 'ok'>) => {
      answer(ack, { ok: false, ...refusal });
      offend(kind);
    };
    const refuseAsTooFrequent = (retryAfterMs: number) =>
      refuse('tooFrequent', {
        code: 'too-many-requests',
        message: 'That was too quick. Wait a moment.',
        retryAfterMs,
      });
    const retryAfterMs = guard.takeToken();
    if (retryAfterMs > 0) return refuseAsTooFrequent(retryAfterMs);
    const message = typeof name === 'string' ? guard.messages.get(name) : undefined;
    if (!message) return refuse('unknown', { code: 'not-found', message: 'There is no such message.' });
    if (!ack || parts.length !== 2)
      return refuse('malformed', {
        code: 'bad-request',
        message: 'A message has one payload and one acknowledgement.',
      });
    const messageAfterMs = guard.takeTokenFor(message);
    if (messageAfterMs > 0) return refuseAsTooFrequent(messageAfterMs);
    void message.answer(parts[0], guard.seat).then(
      (result) => answer(ack, { ok: true, ...result }),
      (error: unknown) => {
        answer(ack, asRefusal(error, message.name, guard.logger));
        if (error instanceof AppError && error.code === 'invalid') offend('malformed');
      },
    );
  });
  socket.on('disconnect', () => guard.onGone());
}

type Ack = (answer: object) => void;

function acknowledgement(parts: readonly unknown[]): Ack | null {
  const last = parts.at(-1);
  return typeof last === 'function' ? (last as Ack) : null;
}

function answer(ack: Ack | null, result: object): void {
  ack?.(result);
}

function asRefusal(error: unknown, name: string, logger: Logger): Refusal {
  if (error instanceof AppError && error.code !== 'internal') {
    const { retryAfterSeconds } = error.details;
    const retry = retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1000 };
    return { ok: false, code: error.code, message: error.message, ...retry };
  }
  logger.error({ err: error, message: name }, 'a live message failed');
  return {
    ok: false,
    code: 'internal',
    message: 'The fault is ours and has been recorded. Try again in a minute.',
  };
}
