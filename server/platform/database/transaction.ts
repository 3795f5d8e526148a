import { AsyncLocalStorage } from 'node:async_hooks';
import mongoose from 'mongoose';

/** More at once in one process would only wait for one another, in the embedded store or by write conflicts. */
const mostAtOnce = 16;
let open = 0;
const waiting: (() => void)[] = [];

interface Scope {
  afterCommit: (() => void)[];
  read: Map<string, Promise<unknown>>;
}
const running = new AsyncLocalStorage<Scope>();

/**
 * Runs `work` in one transaction; every Mongoose call inside takes part by async context. The driver runs it
 * again on a write conflict, so `work` must have no effect outside the database and make no network call.
 * Only the outermost use case opens one: inside a running transaction `work` simply joins it.
 */
export async function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  if (running.getStore()) return work();
  const scope: Scope = { afterCommit: [], read: new Map() };
  await takeTurn();
  let result: T;
  try {
    result = await running.run(scope, () =>
      mongoose.connection.transaction(() => {
        scope.afterCommit = [];
        scope.read = new Map();
        return work();
      }),
    );
  } finally {
    passTurn();
  }
  for (const callback of scope.afterCommit) callback();
  return result;
}

/** Whether whoever asks is inside a transaction of `inTransaction`. */
export const isInTransaction = (): boolean => running.getStore() !== undefined;

/**
 * Calls back once the running transaction is committed, or at once outside one. Only for wake-up calls that may
 * be lost: what must happen goes through the outbox.
 */
export function afterCommit(callback: () => void): void {
  const scope = running.getStore();
  if (scope) scope.afterCommit.push(callback);
  else callback();
}

/**
 * Reads something once in the running transaction, however many ask; outside one, each time. Only for what the
 * transaction does not change after it was read.
 */
export function oncePerTransaction<T>(key: string, read: () => Promise<T>): Promise<T> {
  const kept = running.getStore()?.read;
  const known = kept?.get(key) as Promise<T> | undefined;
  if (known) return known;
  const reading = read();
  kept?.set(key, reading);
  return reading;
}

async function takeTurn(): Promise<void> {
  if (open >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else open += 1;
}

/** Hands the turn to whoever waits longest, so `open` stays as it is unless nobody does. */
function passTurn(): void {
  const next = waiting.shift();
  if (next) next();
  else open -= 1;
}
