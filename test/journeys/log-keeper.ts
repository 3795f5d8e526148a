import { expect } from 'chai';
import type { NumberedFact } from '../../server/contracts/live-facts.ts';
import { ask, connect, join, type LiveSocket } from '../live/live-day.ts';
import { until } from '../support/until.ts';

export interface LogKeeper {
  readonly log: readonly NumberedFact[];
  readonly counts: readonly number[];
  /** What the server said when it showed this viewer out. */
  readonly refused: string | null;
  readonly isConnected: boolean;
  readonly taps: () => number;
  send(name: Parameters<typeof ask>[1], payload: object): Promise<unknown>;
  drop(): void;
  close(): void;
}

/** A viewer that keeps every fact it was told, in order, and comes back to whichever process answers. */
export async function keepLog(
  urls: readonly string[],
  options: { cookie: string; eventId: string; origin: string; transports?: ('websocket' | 'polling')[] },
): Promise<LogKeeper> {
  const { eventId } = options;
  const log: NumberedFact[] = [];
  const counts: number[] = [];
  let socket: LiveSocket | null = null;
  let isConnected = false;
  let isClosed = false;
  let refused: string | null = null;
  let taps = 0;
  let turn = 0;

  const apply = (facts: readonly NumberedFact[]) => {
    for (const fact of facts) {
      const last = log.at(-1)?.seq ?? 0;
      if (fact.seq <= last) continue;
      expect(fact.seq, 'the next number').to.equal(last + 1);
      log.push(fact);
    }
  };
  const enter = async () => {
    const url = urls[turn % urls.length]!;
    turn += 1;
    const opened = await connect(url, options.cookie, options).catch(() => null);
    if (!opened) return false;
    socket = opened;
    // What is pushed before the answer to the join waits for it.
    let waiting: NumberedFact[] | null = [];
    opened.on('live:facts', ({ facts }) => (waiting ? waiting.push(...facts) : apply(facts)));
    opened.on('live:viewers', ({ count }) => counts.push(count));
    opened.on('live:refused', ({ code }) => (refused = code));
    opened.on('live:reactions', ({ taps: each }) => {
      for (const count of Object.values(each)) taps += count;
    });
    const answer = await join(opened, eventId, log.at(-1)?.seq ?? 0).catch(() => null);
    if (!answer?.ok || answer.kind !== 'facts') {
      opened.disconnect();
      return false;
    }
    apply(answer.facts);
    apply(waiting);
    waiting = null;
    isConnected = opened.connected;
    opened.on('disconnect', comeBack);
    if (!opened.connected) comeBack();
    return true;
  };
  const comeBack = () => {
    isConnected = false;
    if (!isClosed && refused === null)
      until('a process to answer', () => isClosed || refused !== null || enter(), 30_000, 100).catch(
        () => undefined,
      );
  };
  await until('a way in', enter);

  return {
    log,
    counts,
    get refused() {
      return refused;
    },
    get isConnected() {
      return isConnected;
    },
    taps: () => taps,
    async send(name, payload) {
      if (!socket?.connected) return null;
      return ask(socket, name, { eventId, ...payload }).catch(() => null);
    },
    drop: () => void socket?.io.engine.close(),
    close() {
      isClosed = true;
      socket?.disconnect();
    },
  };
}
