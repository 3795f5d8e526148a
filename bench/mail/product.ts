// The product's own delivery on its embedded store, as a process: stores what causes mail, then delivers it.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { loadConfig } from '../../server/config.ts';
import { createDeps, type Deps } from '../../server/deps.ts';
import { connectDatabase, ensureIndexes } from '../../server/platform/database/connect-database.ts';
import { startEmbeddedStore } from '../../server/platform/embedded-store/start-embedded-store.ts';
import { createLogger } from '../../server/platform/logging/create-logger.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { requestSignInLink } from '../../server/sign-ins/request-sign-in-link.ts';
import { startWorker } from '../../server/worker.ts';
import { storeBulkMails, storeEvent, storeRegistrations, type StoredEvent } from './stored-matter.ts';

export type ProductOrder =
  | { do: 'store-registrations'; count: number }
  | { do: 'store-bulk'; count: number }
  | { do: 'start' }
  | { do: 'stop' }
  | { do: 'finish' }
  | { do: 'sign-in'; email: string }
  | { do: 'forget' }
  | { do: 'memory' };

const [folder, smtpUrl, keyFile] = process.argv.slice(2) as [string, string, string];
const config = loadConfig({
  NODE_ENV: 'test',
  DATA_DIR: folder,
  PORT: '0',
  PUBLIC_URL: 'https://events.plenary.example',
  SMTP_URL: smtpUrl,
  MAIL_FROM: 'events@plenary.example',
  // The pace at which a mail server is spared would be what is measured.
  MAIL_DOMAIN_RATE: '10000',
  DKIM_DOMAIN: 'plenary.example',
  DKIM_SELECTOR: 'bench',
  DKIM_KEY_FILE: keyFile,
});
const logger = createLogger('silent');
const assets = { styles: [], script: null, directory: folder };
const newDeps = (): Deps => createDeps({ config, secretKey: 'ab'.repeat(32), logger, assets });

const store = await startEmbeddedStore({ dataDirectory: folder });
await connectDatabase(store.uri);
await ensureIndexes();
const event: StoredEvent = await storeEvent();
let deps = newDeps();
let worker: ReturnType<typeof startWorker> | null = null;

process.once('disconnect', () => process.exit());
process.on('message', (order: ProductOrder) => {
  void carryOut(order).then((answer) => process.send?.(answer));
});
process.send?.({ ready: true });

async function carryOut(order: ProductOrder): Promise<object> {
  switch (order.do) {
    case 'store-registrations':
      await storeRegistrations(event, order.count);
      return { ok: true };
    case 'store-bulk':
      await storeBulkMails(order.count);
      return { ok: true };
    case 'start':
      deps = newDeps();
      worker = startWorker(deps);
      return { ok: true };
    case 'finish':
      while (await OutboxEntryModel.exists({ state: 'waiting' }))
        await new Promise((go) => setTimeout(go, 20));
      return { ok: true };
    case 'stop':
      await worker?.stop();
      worker = null;
      return { failed: await OutboxEntryModel.countDocuments({ state: 'failed' }) };
    case 'sign-in':
      await requestSignInLink(
        { kind: 'visitor' },
        { email: order.email, next: null, deviceToken: randomUUID() },
        deps,
      );
      return { ok: true };
    case 'forget':
      await OutboxEntryModel.deleteMany({});
      return { ok: true };
    case 'memory':
      return { anonymousBytes: anonymousBytes() };
  }
}

/** Memory of this process that is no file: the store maps its data file, and the kernel frees that as it likes. */
function anonymousBytes(): number {
  global.gc?.();
  const found = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(found?.[1] ?? NaN) * 1024;
}
