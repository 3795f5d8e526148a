import mongoose from 'mongoose';
import { expect } from 'chai';
import { connectDatabase, disconnectDatabase } from '../../../server/platform/database/connect-database.ts';
import { inTransaction } from '../../../server/platform/database/transaction.ts';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts';

describe('a rush of writes', () => {
  let database: TestDatabase;
  const Entry = mongoose.model('RushEntry', new mongoose.Schema({ n: Number }, { versionKey: false }));
  before(async () => {
    database = await openTestDatabase();
    await connectDatabase(database.uri);
    await Entry.createCollection();
  });
  after(async () => {
    mongoose.deleteModel('RushEntry');
    await disconnectDatabase();
    await database.close();
  });

  it('does not stand still when there are more writers than a pool has connections', async function () {
    this.timeout(30_000);
    const transactions = Array.from({ length: 120 }, (_, n) =>
      inTransaction(async () => {
        await Entry.create([{ n }]);
        await Entry.create([{ n: n + 1_000 }]);
      }),
    );
    const single = Array.from({ length: 300 }, (_, n) => Entry.create({ n: n + 2_000 }));
    const outcomes = await Promise.allSettled([...transactions, ...single]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).to.deep.equal([]);
    expect(await Entry.countDocuments()).to.equal(540);
  });
});
