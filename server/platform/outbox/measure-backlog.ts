import { trusted } from 'mongoose';
import { Gauge } from 'prom-client';
import { metrics } from '../metrics/metrics.ts';
import type { Clock } from '../time/clock.ts';
import { OutboxEntryModel } from './outbox-entry.ts';

let workers = 0;
let forget: (() => void) | null = null;

/**
 * Shows at each look at the metrics how much waits to be delivered. The numbers are of the whole installation, so
 * every process shows the same, however many workers it holds. Returns the function that ends it for one of them.
 */
export function measureBacklog(deps: { readonly clock: Clock }): () => void {
  workers += 1;
  forget ??= showBacklog(deps);
  return () => {
    workers -= 1;
    if (workers > 0) return;
    forget?.();
    forget = null;
  };
}

function showBacklog({ clock }: { readonly clock: Clock }): () => void {
  const gauge = new Gauge({
    name: 'plenary_outbox_messages',
    help: 'Messages of the outbox that are due and wait, and that were given up, by lane',
    labelNames: ['lane', 'state'],
    registers: [metrics],
    async collect() {
      const at = clock.now();
      for (const lane of ['product', 'network'] as const) {
        const due = { state: 'waiting', lane, dueAt: trusted({ $lte: at }) } as const;
        this.set({ lane, state: 'waiting' }, await OutboxEntryModel.countDocuments(due));
        this.set({ lane, state: 'failed' }, await OutboxEntryModel.countDocuments({ state: 'failed', lane }));
      }
    },
  });
  const age = new Gauge({
    name: 'plenary_outbox_oldest_seconds',
    help: 'How long the message has been due that waits longest, by lane; 0 when none waits',
    labelNames: ['lane'],
    registers: [metrics],
    async collect() {
      const at = clock.now();
      for (const lane of ['product', 'network'] as const) this.set({ lane }, await oldestSeconds(lane, at));
    },
  });
  return () => {
    for (const { name } of [gauge, age] as unknown as { name: string }[]) metrics.removeSingleMetric(name);
  };
}

/** Each priority by itself, because only then the index gives the first without reading the others. */
async function oldestSeconds(lane: 'product' | 'network', at: Date): Promise<number> {
  const firsts = await Promise.all(
    [-1, 0, 1, 2].map((priority) =>
      OutboxEntryModel.findOne(
        { state: 'waiting', lane, priority, dueAt: trusted({ $lte: at }) },
        { dueAt: 1 },
      )
        .sort({ dueAt: 1, order: 1 })
        .lean(),
    ),
  );
  return Math.max(0, ...firsts.map((first) => (first ? (at.getTime() - first.dueAt.getTime()) / 1_000 : 0)));
}
