import { expect } from 'chai';
import mongoose, { model, Schema } from 'mongoose';
import { connectDatabase, disconnectDatabase } from '../../../server/platform/database/connect-database.ts';
import { tryLease } from '../../../server/platform/database/lease.ts';
import { runMigrations } from '../../../server/platform/database/run-migrations.ts';
import { afterCommit, inTransaction } from '../../../server/platform/database/transaction.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const CounterModel = model(
  'TestCounter',
  new Schema({ _id: String, count: Number }, { versionKey: false, collection: 'test-counters' }),
);

describe('a transaction', () => {
  let database: Awaited<ReturnType<typeof openTestDatabase>>;
  before(async () => {
    database = await openTestDatabase();
    await connectDatabase(database.uri);
    await CounterModel.init();
  });
  after(async () => {
    await disconnectDatabase();
    await database.close();
    mongoose.deleteModel('TestCounter');
  });
  beforeEach(async () => {
    await CounterModel.deleteMany({});
    await CounterModel.create([{ _id: 'a', count: 0 }]);
  });
  const count = async () => (await CounterModel.findOne({ _id: 'a' }).lean())?.count;

  it('keeps nothing when its work throws, and calls nobody back', async () => {
    let called = false;
    const work = inTransaction(async () => {
      await CounterModel.updateOne({ _id: 'a' }, { $inc: { count: 1 } });
      afterCommit(() => (called = true));
      throw new Error('no');
    });
    expect(await work.catch((error: unknown) => (error as Error).message)).to.equal('no');
    expect(await count()).to.equal(0);
    expect(called).to.equal(false);
  });

  it('is joined, not nested, by a use case that runs inside another', async () => {
    const seen: (number | null | undefined)[] = [];
    await inTransaction(async () => {
      await CounterModel.updateOne({ _id: 'a' }, { $inc: { count: 1 } });
      await inTransaction(
        async () => void (await CounterModel.updateOne({ _id: 'a' }, { $inc: { count: 1 } })),
      );
      afterCommit(() => void seen.push(2));
      seen.push(await count());
    });
    expect(seen).to.deep.equal([2, 2]);
  });

  it('that reads and then writes loses no update to another', async () => {
    const increment = () =>
      inTransaction(async () => {
        const current = (await CounterModel.findOne({ _id: 'a' }).lean())?.count ?? 0;
        await CounterModel.updateOne({ _id: 'a' }, { $set: { count: current + 1 } });
      });
    await Promise.all(Array.from({ length: 10 }, increment));
    expect(await count()).to.equal(10);
  });

  it('lets one holder of a lease work at a time and frees it afterwards', async () => {
    const now = () => new Date();
    let started = () => {};
    let release = () => {};
    const running = new Promise<void>((resolve) => (started = resolve));
    const first = tryLease('sweep', now, () => {
      started();
      return new Promise<void>((resolve) => (release = resolve));
    });
    await running;
    const second = await tryLease('sweep', now, () => Promise.resolve('ran'));
    expect(second.ran).to.equal(false);
    release();
    await first;
    expect(await tryLease('sweep', now, () => Promise.resolve('ran'))).to.deep.equal({
      ran: true,
      result: 'ran',
    });
  });

  it('runs each migration once, in order, and again only what died in the middle', async () => {
    const ran: string[] = [];
    const migration = (id: string, fails = false) => ({
      id,
      run: () => (fails ? Promise.reject(new Error('died')) : Promise.resolve(void ran.push(id))),
    });
    const now = () => new Date();
    await runMigrations([migration('0001-a'), migration('0002-b', true)], now).catch(() => undefined);
    await Promise.all([1, 2].map(() => runMigrations([migration('0001-a'), migration('0002-b')], now)));
    expect(ran).to.deep.equal(['0001-a', '0002-b']);
  });
});
