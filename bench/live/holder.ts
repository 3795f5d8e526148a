// Holds the viewers of one subject in a process of its own, and checks that each gets every number once, in order.
import { LiveClient, type ClientEvents, type Kind, type SentFact } from './live-client.ts';

export type HolderOrder =
  /** `perSecond`: how fast they come. */
  | {
      do: 'join';
      kind: Kind;
      port: number;
      eventId: string;
      count: number;
      perSecond: number;
      people: { cookie: string; ticket?: string }[];
    }
  /** Drops all without a word; each comes back after a random part of `withinMs`, again and again until it is in. */
  | { do: 'drop'; withinMs: number }
  /** Comes back by itself after the server closed, as it was told or after a random part of `withinMs`. */
  | { do: 'come-back'; withinMs: number }
  | { do: 'expect'; seq: number }
  | { do: 'report' }
  | { do: 'leave' };

export interface HolderReport {
  readonly deliveries: number;
  readonly frames: number;
  readonly faults: number;
  readonly joined: number;
  readonly lowestSeq: number;
  /** By whole milliseconds from the server's time of the fact to its receipt. */
  readonly latencies: Record<number, number>;
}

let clients: LiveClient[] = [];
let deliveries = 0;
let frames = 0;
let faults = 0;
let latencies: Record<number, number> = {};
let comesBackWithinMs = 2_000;
let hasLeft = false;
let waitingFor: number | null = null;
let reached = 0;
let isJoining = false;

const events: ClientEvents = {
  joined(client) {
    check(client);
    if (isJoining && clients.every(({ isJoined }) => isJoined)) {
      isJoining = false;
      process.send?.({ joined: clients.length });
    }
  },
  facts(client, facts) {
    const now = Date.now();
    for (const { seq, at } of facts) count(client, seq, now - at);
    check(client);
  },
  pushed: () => (frames += 1),
  closed(client) {
    if (hasLeft) return;
    const after = client.retryAfterMs ?? Math.random() * comesBackWithinMs;
    setTimeout(() => client.open(), after);
  },
};

/** What comes again by the number of the answer to a join is known, and no fault; every other repetition is. */
function count(client: LiveClient, seq: SentFact['seq'], ms: number): void {
  if (client.lastSeq !== null && seq <= client.lastSeq) {
    if (seq > client.joinedSeq && client.isJoined) faults += 1;
    return;
  }
  if (client.lastSeq !== null && seq !== client.lastSeq + 1) faults += 1;
  client.lastSeq = seq;
  deliveries += 1;
  const bucket = Math.max(0, Math.round(ms));
  latencies[bucket] = (latencies[bucket] ?? 0) + 1;
}

function check(client: LiveClient): void {
  if (waitingFor === null || (client.lastSeq ?? 0) < waitingFor) return;
  reached += 1;
  if (reached < clients.length) return;
  // A client may be counted twice; only all of them together are an answer.
  reached = clients.filter(({ lastSeq }) => (lastSeq ?? 0) >= (waitingFor ?? 0)).length;
  if (reached < clients.length) return;
  waitingFor = null;
  process.send?.({ reached: true });
}

async function join(order: Extract<HolderOrder, { do: 'join' }>): Promise<void> {
  const added = Array.from({ length: order.count }, (_, index) => {
    const options = { ...order, host: `127.0.0.${(index % 8) + 1}`, joins: true };
    return new LiveClient({ ...options, ...order.people[index] }, events);
  });
  clients = clients.concat(added);
  isJoining = true;
  const batch = Math.max(1, Math.round(order.perSecond / 100));
  for (let from = 0; from < added.length; from += batch) {
    for (const client of added.slice(from, from + batch)) client.open();
    await new Promise((go) => setTimeout(go, 10));
  }
}

process.once('disconnect', () => process.exit());
process.on('message', (order: HolderOrder) => {
  switch (order.do) {
    case 'join':
      return void join(order);
    case 'drop':
      comesBackWithinMs = order.withinMs;
      isJoining = true;
      for (const client of clients) {
        client.drop();
        setTimeout(() => client.open(), Math.random() * order.withinMs);
      }
      return;
    case 'come-back':
      comesBackWithinMs = order.withinMs;
      return void process.send?.({ ok: true });
    case 'expect':
      waitingFor = order.seq;
      reached = clients.length;
      for (const client of clients.slice(0, 1)) check(client);
      return;
    case 'report': {
      const joined = clients.filter(({ isJoined }) => isJoined).length;
      const lowestSeq = Math.min(...clients.map(({ lastSeq }) => lastSeq ?? 0));
      const report: HolderReport = { deliveries, frames, faults, joined, lowestSeq, latencies };
      deliveries = frames = faults = 0;
      latencies = {};
      return void process.send?.(report);
    }
    case 'leave':
      hasLeft = true;
      for (const client of clients) client.drop();
      clients = [];
      return void process.send?.({ ok: true });
  }
});
process.send?.({ ready: true });
