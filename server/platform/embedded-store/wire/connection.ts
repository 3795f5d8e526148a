import type { Socket } from 'node:net';
import { MalformedMessage, MessageReader } from './framing.ts';
import { frameReply, parseMessage, type Command } from './messages.ts';

/** One client connection, as commands see it. */
export interface Connection {
  readonly id: number;
  closed: boolean;
}

/** Answers one command with an encoded BSON document. Must not reject: errors are replies. */
export type CommandHandler = (command: Command, connection: Connection) => Uint8Array | Promise<Uint8Array>;

export interface ServeOptions {
  handle: CommandHandler;
  onClose(connection: Connection): void;
  onMalformed(reason: string): void;
}

/** Serves one socket. Commands of a connection run one after the other, so replies keep their order. */
export function serveConnection(socket: Socket, id: number, options: ServeOptions): Connection {
  const connection: Connection = { id, closed: false };
  const reader = new MessageReader();
  const waiting: Buffer[] = [];
  let busy = false;

  const refuse = (error: unknown): void => {
    options.onMalformed(error instanceof Error ? error.message : 'unreadable');
    socket.destroy();
  };
  const answer = (command: Command, reply: Uint8Array): void => {
    if (!command.unanswered && !socket.destroyed) socket.write(frameReply(command, reply));
  };
  const next = (): void => {
    while (!busy && waiting.length > 0 && !connection.closed) {
      const command = parseMessage(waiting.shift()!);
      const reply = options.handle(command, connection);
      if (reply instanceof Uint8Array) {
        answer(command, reply);
        continue;
      }
      busy = true;
      void reply.then((bytes) => {
        busy = false;
        answer(command, bytes);
        guarded(next);
      });
    }
    // A client that pipelines without reading must not fill our memory.
    if (waiting.length > 64) socket.pause();
    else if (socket.isPaused()) socket.resume();
  };
  const guarded = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      refuse(error);
    }
  };

  socket.setNoDelay(true);
  socket.on('data', (chunk) =>
    guarded(() => {
      waiting.push(...reader.push(chunk));
      next();
    }),
  );
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    connection.closed = true;
    options.onClose(connection);
  });
  return connection;
}
