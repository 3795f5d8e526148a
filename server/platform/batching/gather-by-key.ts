import { setTimeout as delay } from 'node:timers/promises';

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers what arrives for one key while the last batch of that key is still running, so that a rush on one
 * document becomes a few large writes instead of many that wait for each other.
 *
 * With `waitMs` a batch waits that long for company, which spares a store that flushes with each write. With `nextTurn` it
 * begins in the next turn of the event loop, with all that came in this one.
 *
 * `work` gets at most `atMost` items in order of arrival and answers one for each, in that order. When it throws,
 * every item of that batch rejects with the error, and the next batch goes on.
 */
export function gatherByKey<Item, Answer>(
  work: (key: string, items: readonly Item[]) => Promise<readonly Answer[]>,
  {
    atMost,
    waitMs = 0,
    nextTurn = false,
  }: { readonly atMost: number; readonly waitMs?: number; readonly nextTurn?: boolean },
): (key: string, item: Item) => Promise<Answer> {
  const waiting = new Map<string, Waiting<Item, Answer>[]>();

  async function runAll(key: string, queue: Waiting<Item, Answer>[]): Promise<void> {
    while (queue.length > 0) {
      if (waitMs > 0 && queue.length < atMost) await delay(waitMs);
      if (nextTurn) await new Promise(setImmediate);
      const batch = queue.splice(0, atMost);
      try {
        const answers = await work(
          key,
          batch.map(({ item }) => item),
        );
        if (answers.length !== batch.length) throw new Error('A batch must answer each of its items');
        batch.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    waiting.delete(key);
  }

  return (key, item) =>
    new Promise((resolve, reject) => {
      const queue = waiting.get(key);
      if (queue) {
        queue.push({ item, resolve, reject });
        return;
      }
      const started = [{ item, resolve, reject }];
      waiting.set(key, started);
      void runAll(key, started);
    });
}
