import { isDuplicateKey } from './is-duplicate-key.ts';

const mostTries = 5;

/**
 * Runs a transaction again whose insert met one of another process: what was looked up before the insert was then
 * out of date. Call it around the transaction, because a duplicate key ends the one it happens in.
 */
export async function againOnDuplicate<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= mostTries || !isDuplicateKey(error)) throw error;
    }
  }
}
