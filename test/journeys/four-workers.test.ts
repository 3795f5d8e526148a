import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose, { trusted } from 'mongoose';
import {
  connectDatabase,
  disconnectDatabase,
  ensureIndexes,
} from '../../server/platform/database/connect-database.ts';
import { addOutboxMessages } from '../../server/platform/outbox/add-outbox-messages.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';

const keys = 1_000;
const perKey = 5;
const total = keys * perKey;

describe('four workers on one store', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  const workers: ChildProcess[] = [];
  const seen: string[] = [];

  before(async () => {
    database = await openTestDatabase();
    await connectDatabase(database.uri);
    await ensureIndexes();
  });
  after(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await disconnectDatabase();
    await database.close();
  });

  const startWorker = async () => {
    const worker = fork(join(import.meta.dirname, '../support/delivering-process.ts'), [], {
      env: { ...process.env, MONGODB_URI: database.uri },
      execArgv: ['--import', 'tsx'],
    });
    workers.push(worker);
    worker.on('message', (told: { messageId?: string }) => {
      if (told.messageId) seen.push(told.messageId);
    });
    await once(worker, 'message');
    return worker;
  };
  const store = async () => {
    const at = new Date();
    for (let number = 0; number < perKey; number += 1)
      for (let from = 0; from < keys; from += 500)
        await addOutboxMessages(
          Array.from({ length: 500 }, (_, index) => ({
            message: {
              kind: 'mail:ready' as const,
              payload: {
                messageId: `m.${from + index}.${number}`,
                fromName: 'Civic Learning',
                replyTo: null,
                to: { name: 'Ada', address: `${from + index}@example.org` },
                subject: 'Hello',
                html: '',
                text: '',
                invite: null,
                writtenAt: at,
              },
            },
            options: { at, orderKey: `key ${from + index}` },
          })),
        );
  };

  it('send each of 5,000 mails once, and those of one place in order, while some are refused for now', async () => {
    await store();
    const all = await Promise.all(Array.from({ length: 4 }, startWorker));
    // One leaves in the middle: what it holds goes back.
    await until('a good part', () => seen.length > 1_500, 60_000);
    all[0]!.kill('SIGTERM');
    await once(all[0]!, 'exit');
    await until('every mail', () => seen.length >= total, 90_000);
    await until(
      'the end of each message',
      async () => (await OutboxEntryModel.countDocuments({ state: 'waiting' })) === 0,
      30_000,
    );
    expect(new Set(seen).size).to.equal(total);
    expect(seen).to.have.length(total);
    expect(await OutboxEntryModel.countDocuments({ state: 'done' })).to.equal(total);
    const ends = await mongoose.connection
      .collection('outbox')
      .find({}, { projection: { orderKey: 1, order: 1, doneAt: 1 } })
      .sort({ orderKey: 1, order: 1 })
      .toArray();
    const late = ends.filter((one, index) => {
      const before = ends[index - 1];
      return before && before.orderKey === one.orderKey && before.doneAt > one.doneAt;
    });
    expect(late).to.deep.equal([]);
    expect(await OutboxEntryModel.countDocuments({ attempts: trusted({ $gt: 1 }) })).to.be.above(0);
  });
});
