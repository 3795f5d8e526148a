import { AsyncLocalStorage } from 'node:async_hooks';
import mongoose from 'mongoose';

const running = new AsyncLocalStorage<{ afterCommit: (() => void)[] }>();

/**
 * Runs `work` in one transaction; every Mongoose call inside takes part by async context. The driver runs it
 * again on a write conflict, so `work` must have no effect outside the database and make no network call.
 * Only the outermost use case opens one: inside a running transaction `work` simply joins it.
 */
export async function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  if (running.getStore()) return work();
  const scope = { afterCommit: [] as (() => void)[] };
  const result = await running.run(scope, () =>
    mongoose.connection.transaction(() => {
      scope.afterCommit = [];
      return work();
    }),
  );
  for (const callback of scope.afterCommit) callback();
  return result;
}

/**
 * Calls back once the running transaction is committed, or at once outside one. Only for wake-up calls that may
 * be lost: what must happen goes through the outbox.
 */
export function afterCommit(callback: () => void): void {
  const scope = running.getStore();
  if (scope) scope.afterCommit.push(callback);
  else callback();
}
