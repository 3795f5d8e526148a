// Everybody comes at once, with tickets, and is given the room.
import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from './run.ts';
import { anonymousKilobytes } from './subject.ts';

const comingPerSecond = 1_000;
const checkedPerSecond = 200;

export async function measureRush(run: Run): Promise<void> {
  const { size, day, posters, subjects, yardsticks, say } = run;
  const { kind, seq, now, ok, ...answer } = await posters.joinAnswer();
  void [kind, seq, now, ok];
  for (const yardstick of Object.values(yardsticks))
    await yardstick.ask({ do: 'take', eventId: day.eventId, answer });
  const cpu = { product: 0, plain: 0, ws: 0 };
  const memory = { product: 0, plain: 0, ws: 0 };
  // Half of them in turn, so that what drifts hits all alike, and what is made only once is not counted per viewer.
  for (const part of [0, 1]) {
    for (const name of ['product', 'plain', 'ws'] as const) {
      const viewers = subjects[name];
      const count = size / 2;
      const people = day.viewers
        .slice(part * count, (part + 1) * count)
        .map(({ cookie, ticket }) => (name === 'product' ? { cookie, ticket: ticket() } : { cookie }));
      const before = { cpu: viewers.cpu(), memory: anonymousKilobytes(viewers.server.pid) };
      await viewers.join(name === 'ws' ? 'ws' : 'socket.io', day.eventId, count, comingPerSecond, people);
      // The product checks its newcomers against the store afterwards; that is part of their joining.
      if (name === 'product') await delay((count / checkedPerSecond) * 1_000 + 1_000);
      cpu[name] += (viewers.cpu() - before.cpu) / size;
      await delay(200);
      memory[name] += (anonymousKilobytes(viewers.server.pid) - before.memory) / size;
    }
  }
  console.log(
    `${size} joined: CPU ms per join: product ${cpu.product.toFixed(3)}, Socket.IO ${cpu.plain.toFixed(3)}, ws ${cpu.ws.toFixed(3)}; kB each: ${memory.product.toFixed(1)}, ${memory.plain.toFixed(1)}, ${memory.ws.toFixed(1)}; answer of ${JSON.stringify(answer).length} bytes`,
  );
  say(`${size} join: CPU against Socket.IO`, cpu.product / cpu.plain, { most: 1.2 });
  say(`${size} join: memory each above Socket.IO, kB`, memory.product - memory.plain, { most: 3 });
}
