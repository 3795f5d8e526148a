import { Agent, request } from 'node:http';
import { percentile } from './run.ts';

/** Asks for a page a hundred times a second while something else goes on, each on time whether answered or not. */
export function probePages(url: string): { stop(): Promise<{ p99: number; failed: number }> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const latencies: Record<number, number> = {};
  let failed = 0;
  let open = 0;
  const ask = () => {
    const from = performance.now();
    open += 1;
    const done = () => (open -= 1);
    request(url, { agent, headers: { accept: 'text/html' } }, (response) => {
      response.resume();
      response.on('end', () => {
        done();
        if (response.statusCode !== 200) failed += 1;
        const ms = Math.round(performance.now() - from);
        latencies[ms] = (latencies[ms] ?? 0) + 1;
      });
    })
      .on('error', () => {
        done();
        failed += 1;
      })
      .end();
  };
  const timer = setInterval(ask, 10);
  return {
    async stop() {
      clearInterval(timer);
      while (open > 0) await new Promise((go) => setTimeout(go, 10));
      agent.destroy();
      return { p99: percentile(latencies, 0.99), failed };
    },
  };
}
