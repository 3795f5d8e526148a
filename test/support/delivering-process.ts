// A worker as a process of its own, for tests: delivers the outbox of the store that MONGODB_URI names, tells of each
// message it handled, and stops on SIGTERM.
import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig } from '../../server/config.ts';
import { createDeps } from '../../server/deps.ts';
import { outboxMessages } from '../../server/contracts/outbox-messages.ts';
import { connectDatabase } from '../../server/platform/database/connect-database.ts';
import { createLogger } from '../../server/platform/logging/create-logger.ts';
import { DeliveryFailure } from '../../server/platform/outbox/deliver-failure.ts';
import { deliverDueMessages } from '../../server/platform/outbox/deliver-due-messages.ts';
import type { OutboxHandlers } from '../../server/platform/outbox/outbox-handlers.ts';

const config = loadConfig({ ...process.env, NODE_ENV: 'test', PORT: '0', MAIL_DOMAIN_RATE: '10000' });
const deps = createDeps({
  config,
  secretKey: 'ab'.repeat(32),
  logger: createLogger('silent'),
  assets: { styles: [], script: null, directory: '' },
});
const nobody = () => Promise.reject(new Error('Nothing in this test answers it'));
const handlers = {
  ...(Object.fromEntries(
    Object.keys(outboxMessages).map((kind) => [kind, nobody]),
  ) as unknown as OutboxHandlers),
  'mail:ready': async ({ messageId }: { messageId: string }) => {
    await delay(1);
    // A server that says "later" now and then.
    if (Math.random() < 0.02) throw new DeliveryFailure('unreachable', 'Not now');
    process.send?.({ messageId });
  },
} satisfies OutboxHandlers;

await connectDatabase(process.env.MONGODB_URI ?? '');
const delivery = deliverDueMessages(handlers, deps);
process.send?.({ ready: true });
process.once('SIGTERM', () => void delivery.stop().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(1));
