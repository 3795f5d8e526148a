import { createRequire, syncBuiltinESMExports } from 'node:module';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import type { StoreLogEntry } from '../../../server/platform/embedded-store/engine.ts';
import { startOwnStore } from './own-store.ts';

const threads = createRequire(import.meta.url)('node:worker_threads') as { Worker: typeof Worker };

describe('the thread of the embedded store', function () {
  this.timeout(90_000);
  const started: Worker[] = [];

  before(() => {
    threads.Worker = class extends Worker {
      constructor(...options: ConstructorParameters<typeof Worker>) {
        super(...options);
        started.push(this);
      }
    };
    syncBuiltinESMExports();
  });
  after(() => {
    threads.Worker = Worker;
    syncBuiltinESMExports();
  });

  it('is started again when it dies, at the same address and with everything acknowledged, but not for ever', async () => {
    const log: StoreLogEntry[] = [];
    let gaveUp: (error: Error) => void = () => undefined;
    const givenUp = new Promise<Error>((resolve) => (gaveUp = resolve));
    const store = await startOwnStore({ log: (entry) => log.push(entry), onGaveUp: gaveUp });
    const kept = (await store.connect()).db().collection<{ _id: number }>('kept');
    for (let death = 0; death < 3; death += 1) {
      await kept.insertOne({ _id: death });
      await started.at(-1)!.terminate();
      // Until the next thread listens there is nothing to connect to.
      expect(await untilAnswered(() => kept.countDocuments())).to.equal(death + 1);
    }
    expect(log.filter(({ level }) => level === 'error')).to.have.lengthOf(3);
    await started.at(-1)!.terminate();
    expect((await givenUp).message).to.contain('again and again');
    await store.remove();
  });
});

async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
