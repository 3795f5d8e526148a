import cluster from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import { metrics } from '../metrics/metrics.ts';

/** In a process that was forked: the one that forked it may ask for its metrics. */
export function offerMetrics(): void {
  AggregatorRegistry.setRegistries(metrics);
  new AggregatorRegistry();
}

/** One process more or less may have died while it was asked. */
type Answer = { readonly type?: string; readonly metrics?: readonly object[] };

/** The metrics of this process and its forks as one: counters are added up. */
export async function gatherMetrics(): Promise<string> {
  const forks = Object.values(cluster.workers ?? {}).filter((forked) => forked?.isConnected());
  const answers = await Promise.all(
    forks.map(
      (forked, index) =>
        new Promise<readonly object[]>((resolve) => {
          const requestId = `gathered ${index}`;
          const done = (found: readonly object[]) => {
            clearTimeout(timer);
            forked?.off('message', hear);
            resolve(found);
          };
          const hear = (answer: Answer) => {
            if (answer.type === 'prom-client:getMetricsRes') done((answer.metrics ?? []).flat());
          };
          const timer = setTimeout(done, 2_000, []);
          forked?.on('message', hear);
          forked?.send({ type: 'prom-client:getMetricsReq', requestId }, (error) => error && done([]));
        }),
    ),
  );
  return AggregatorRegistry.aggregate([await metrics.getMetricsAsJSON(), ...answers]).metrics();
}
