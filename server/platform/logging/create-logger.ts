import { pino, type Logger } from 'pino';

export type { Logger };

/**
 * `info` happened, `warn` will be retried, `error` a person must look. Log ids only: never names, addresses,
 * tokens or bodies. Errors are reduced to name, code, message and stack, because drivers hang whole documents
 * on them.
 */
export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    serializers: { err: serializeError, error: serializeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

function serializeError(error: unknown): Record<string, unknown> {
  if (typeof error === 'string') return { message: withoutPeople(error) };
  if (!(error instanceof Error)) return { message: typeof error };
  const { code } = error as { code?: unknown };
  const message = withoutPeople(error.message);
  const stack = error.stack?.split('\n').slice(1).join('\n');
  return {
    name: error.name,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    message,
    stack,
  };
}

/** A duplicate-key message quotes the key, which may be an address. */
const withoutPeople = (text: string): string =>
  text.replace(/dup key:.*/s, 'dup key').replace(/[^\s<>"']+@[^\s<>"']+/g, '[address]');
