import { gatherByKey } from '../batching/gather-by-key.ts';
import { isInTransaction } from './transaction.ts';

/**
 * Reads single documents by one field, within a scope. What is asked for in one turn of the event loop, or while the
 * last question is under way, becomes one question, begun after it was asked: as fresh as a question of its own, and a rush cannot bury the store. Inside
 * a transaction everybody asks alone, because a session belongs to one.
 */
export function readTogether<Found>(
  read: (scope: string, keys: readonly string[]) => Promise<readonly Found[]>,
  keyOf: (found: Found) => string,
): (scope: string, key: string) => Promise<Found | null> {
  const readAll = async (scope: string, keys: readonly string[]): Promise<(Found | null)[]> => {
    const found = new Map<string, Found>();
    for (const one of await read(scope, [...new Set(keys)]))
      if (!found.has(keyOf(one))) found.set(keyOf(one), one);
    return keys.map((key) => found.get(key) ?? null);
  };
  const ask = gatherByKey(readAll, { atMost: 200, nextTurn: true });
  return async (scope, key) =>
    isInTransaction() ? ((await readAll(scope, [key]))[0] ?? null) : ask(scope, key);
}
