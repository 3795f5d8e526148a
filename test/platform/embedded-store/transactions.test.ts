import { expect } from 'chai';
import mongoose from 'mongoose';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const { MongoClient, MongoServerError } = mongoose.mongo;
interface Counter {
  _id: string;
  n: number;
}

describe('transactions and races', () => {
  let database: TestDatabase;
  let client: mongoose.mongo.MongoClient;
  let db: mongoose.mongo.Db;

  before(async () => {
    database = await openTestDatabase();
    client = await MongoClient.connect(database.uri);
    db = client.db();
    await db
      .collection<Counter>('counters')
      .insertMany(['race', 'isolated', 'seats'].map((_id) => ({ _id, n: 0 })));
    await db.createCollection('notes');
  });
  after(async () => {
    await client.close();
    await database.close();
  });

  it('counts exactly when many transactions read and write the same document', async () => {
    const counters = db.collection<Counter>('counters');
    const addOne = () =>
      client.withSession((session) =>
        session.withTransaction(async () => {
          const { n } = (await counters.findOne({ _id: 'race' }, { session }))!;
          await counters.updateOne({ _id: 'race' }, { $set: { n: n + 1 } }, { session });
          await db.collection('notes').insertOne({ n }, { session });
        }),
      );
    await Promise.all(Array.from({ length: 20 }, addOne));
    expect(await counters.findOne({ _id: 'race' })).to.include({ n: 20 });
    expect((await db.collection('notes').distinct('n')).length).to.equal(20);
  });

  it('shows its own writes to a transaction and to nobody else before the commit', async () => {
    const counters = db.collection<Counter>('counters');
    const session = client.startSession();
    session.startTransaction();
    await counters.updateOne({ _id: 'isolated' }, { $set: { n: 7 } }, { session });
    await counters.insertOne({ _id: 'new', n: 1 }, { session });
    expect(await counters.findOne({ _id: 'isolated' }, { session })).to.include({ n: 7 });
    expect(await counters.countDocuments({ _id: 'new' }, { session })).to.equal(1);
    expect(await counters.findOne({ _id: 'isolated' })).to.include({ n: 0 });
    expect(await counters.findOne({ _id: 'new' })).to.equal(null);
    await session.commitTransaction();
    expect(await counters.findOne({ _id: 'isolated' })).to.include({ n: 7 });
    await session.endSession();
  });

  it('undoes everything when a statement fails', async () => {
    const counters = db.collection<Counter>('counters');
    const session = client.startSession();
    session.startTransaction();
    await counters.insertOne({ _id: 'undone', n: 1 }, { session });
    const duplicate = await counters
      .insertOne({ _id: 'race', n: 1 }, { session })
      .catch((error: unknown) => error);
    expect(duplicate).to.be.instanceOf(MongoServerError).and.to.include({ code: 11000 });
    const later = await counters.findOne({ _id: 'race' }, { session }).catch((error: unknown) => error);
    expect(later).to.include({ code: 251 });
    expect((later as mongoose.mongo.MongoServerError).hasErrorLabel('TransientTransactionError')).to.equal(
      true,
    );
    await session.abortTransaction();
    await session.endSession();
    expect(await counters.findOne({ _id: 'undone' })).to.equal(null);
  });

  it('undoes everything when the caller throws', async () => {
    const failing = client.withSession((session) =>
      session.withTransaction(async () => {
        await db.collection('notes').insertOne({ gone: true }, { session });
        throw new Error('changed my mind');
      }),
    );
    expect(await failing.catch((error: Error) => error.message)).to.equal('changed my mind');
    expect(await db.collection('notes').countDocuments({ gone: true })).to.equal(0);
  });

  it('goes on with a cursor inside the transaction', async () => {
    await client.withSession((session) =>
      session.withTransaction(async () => {
        const list = db.collection('list');
        await list.insertMany(
          Array.from({ length: 250 }, (_, n) => ({ n })),
          { session },
        );
        expect(await list.find({}, { session, batchSize: 20 }).toArray()).to.have.lengthOf(250);
      }),
    );
  });

  it('lets exactly one of 50 concurrent creates have a unique key', async () => {
    const unique = db.collection('unique');
    await unique.createIndex({ slug: 1 }, { unique: true });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => unique.insertOne({ slug: 'launch', n })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.lengthOf(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).to.include({ code: 11000 });
    expect(await unique.countDocuments()).to.equal(1);
  });

  it('gives 20 places to exactly 20 of 60 who ask at once', async () => {
    const counters = db.collection<Counter>('counters');
    const take = () => counters.updateOne({ _id: 'seats', n: { $lt: 20 } }, { $inc: { n: 1 } });
    const results = await Promise.all(Array.from({ length: 60 }, take));
    expect(results.filter(({ modifiedCount }) => modifiedCount === 1)).to.have.lengthOf(20);
    expect(await counters.findOne({ _id: 'seats' })).to.include({ n: 20 });
  });

  it('works through connection.transaction() of mongoose with async local storage', async () => {
    const connection = await mongoose.createConnection(database.uri).asPromise();
    mongoose.set('transactionAsyncLocalStorage', true);
    try {
      const schema = new mongoose.Schema({ name: { type: String, unique: true } });
      const Place = connection.model('Place', schema);
      await Place.init();
      await connection.transaction(async () => {
        await Place.create([{ name: 'kept' }]);
        expect(await Place.countDocuments({ name: 'kept' })).to.equal(1);
      });
      const failed = connection.transaction(async () => {
        await Place.create([{ name: 'lost' }]);
        await Place.create([{ name: 'kept' }]);
      });
      expect(await failed.catch((error: unknown) => error)).to.include({ code: 11000 });
      expect(await Place.distinct('name')).to.deep.equal(['kept']);
    } finally {
      mongoose.set('transactionAsyncLocalStorage', false);
      await connection.close();
    }
  });
});
