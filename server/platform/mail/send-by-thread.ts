import { DeliveryFailure } from '../outbox/deliver-failure.ts';
import { openThread } from '../threads/open-thread.ts';
import type { MailAnswer, MailOrder, MailThreadOptions } from './mail-thread.ts';
import type { Mailer } from './mailer.ts';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * A mailer whose work is done in a thread of its own, opened with the first mail. When the thread ends, what it had
 * in hand failed as if the server had gone, and the next mail opens another.
 */
export function createThreadedMailer(options: MailThreadOptions): Mailer {
  let current: ReturnType<typeof open> | null = null;
  let lastId = 0;

  const open = () => {
    const waiting = new Map<number, Waiting>();
    const worker = openThread(new URL('./mail-thread', import.meta.url), options);
    const opened = {
      waiting,
      order: (order: MailOrder) => worker.postMessage(order),
    };
    worker.on('message', ({ id, failure }: MailAnswer) => {
      const one = waiting.get(id);
      waiting.delete(id);
      if (failure) one?.reject(asError(failure));
      else one?.resolve();
    });
    // 'exit' follows and tells whoever waits.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (current === opened) current = null;
      for (const one of waiting.values())
        one.reject(new DeliveryFailure('unreachable', 'The thread that sends mail ended'));
    });
    // A server that hangs must not keep a process that wants to end.
    worker.unref();
    return opened;
  };

  return {
    sender: options.sender,
    send: (mail, { isUrgent = false } = {}) =>
      new Promise((resolve, reject) => {
        const { waiting, order } = (current ??= open());
        const id = (lastId += 1);
        waiting.set(id, { resolve, reject });
        order({ do: 'send', id, mail, isUrgent });
      }),
    close() {
      current?.order({ do: 'close' });
      current = null;
    },
  };
}

const asError = ({ kind, message, status }: NonNullable<MailAnswer['failure']>): Error =>
  kind === null ? new Error(message) : new DeliveryFailure(kind, message, { status });
