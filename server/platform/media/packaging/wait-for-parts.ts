export type Waited = 'published' | 'late' | 'too-far';

/**
 * Those who wait for one thing wait together: a thousand viewers who ask for the same part make one timer. `after` ms the
 * answer is null.
 */
export function createWaitingList<T>(after: number): {
  wait(key: string): Promise<T | null>;
  /** Answers each key for which there is an answer now. */
  settle(answer: (key: string) => T | null | undefined): void;
} {
  const waiting = new Map<
    string,
    { readonly promise: Promise<T | null>; readonly end: (answer: T | null) => void }
  >();
  return {
    wait(key) {
      const known = waiting.get(key);
      if (known) return known.promise;
      let end: (answer: T | null) => void = () => undefined;
      const promise = new Promise<T | null>((resolve) => {
        const timer = setTimeout(() => end(null), after).unref();
        end = (answer) => {
          clearTimeout(timer);
          waiting.delete(key);
          resolve(answer);
        };
      });
      waiting.set(key, { promise, end });
      return promise;
    },
    settle(answer) {
      for (const [key, { end }] of [...waiting]) {
        const answered = answer(key);
        if (answered !== undefined) end(answered);
      }
    },
  };
}
