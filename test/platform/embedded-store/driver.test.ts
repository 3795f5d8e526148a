import { expect } from 'chai';
import mongoose from 'mongoose';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts';

type MongoClient = mongoose.mongo.MongoClient;
type Db = mongoose.mongo.Db;

describe('a database through the official driver', () => {
  let database: TestDatabase;
  let client: MongoClient;
  let db: Db;

  before(async () => {
    database = await openTestDatabase();
    client = await mongoose.mongo.MongoClient.connect(database.uri);
    db = client.db();
  });
  after(async () => {
    await client.close();
    await database.close();
  });

  it('gives back a document with the BSON types it was stored with', async () => {
    const { Int32, Long, Double, UUID, Timestamp } = mongoose.mongo.BSON;
    const types = db.collection<{ _id: string }>('types');
    const stored = {
      _id: 'a',
      int: new Int32(1),
      long: Long.fromNumber(2),
      double: new Double(3),
      id: new UUID(),
    };
    const more = {
      ...stored,
      at: new Date(5),
      stamp: new Timestamp({ t: 1, i: 2 }),
      nothing: null,
      nested: { list: [[1], {}] },
    };
    await types.insertOne(more);
    await types.updateOne({ _id: 'a' }, { $set: { touched: true } });
    const found = await types.findOne({ _id: 'a' }, { promoteValues: false, promoteBuffers: false });
    expect(Object.keys(found!)).to.deep.equal([...Object.keys(more), 'touched']);
    expect(found).to.deep.include({
      int: new Int32(1),
      long: Long.fromNumber(2),
      double: new Double(3),
      at: new Date(5),
    });
  });

  it('walks through a long result in batches', async () => {
    const many = db.collection('many');
    await many.insertMany(Array.from({ length: 2_345 }, (_, n) => ({ n })));
    const numbers = (await many.find({ n: { $gte: 45 } }, { batchSize: 100 }).toArray()).map(
      ({ n }) => n as number,
    );
    expect(numbers).to.have.lengthOf(2_300);
    expect(new Set(numbers).size).to.equal(2_300);
    expect(await many.countDocuments({ n: { $lt: 45 } })).to.equal(45);
    expect(await many.estimatedDocumentCount()).to.equal(2_345);
  });

  it('sorts, skips and limits', async () => {
    const sorted = await db.collection('many').find().sort({ n: -1 }).skip(10).limit(3).toArray();
    expect(sorted.map(({ n }) => n as number)).to.deep.equal([2_334, 2_333, 2_332]);
  });

  it('reports duplicate keys as MongoDB does', async () => {
    const people = db.collection('people');
    await people.createIndex({ email: 1 }, { unique: true });
    await people.insertOne({ email: 'a@example.org' });
    const error = await people.insertOne({ email: 'a@example.org' }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(mongoose.mongo.MongoServerError);
    expect(error).to.deep.include({
      code: 11000,
      keyPattern: { email: 1 },
      keyValue: { email: 'a@example.org' },
    });
    expect((error as Error).message).to.contain('E11000 duplicate key error collection: ');
    expect((error as Error).message).to.match(/index: email_1 dup key: \{ email: "a@example\.org" \}/);
  });

  it('stops an ordered bulk at its first error and finishes an unordered one', async () => {
    const bulk = db.collection<{ _id: number }>('bulk');
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
    await bulk.insertMany(documents).catch(() => undefined);
    expect(await bulk.distinct('_id')).to.deep.equal([1]);
    await bulk.insertMany(documents, { ordered: false }).catch(() => undefined);
    expect(await bulk.distinct('_id')).to.deep.equal([1, 2]);
  });

  it('finds and modifies, also by upsert', async () => {
    const counters = db.collection<{ _id: string; n: number }>('counters');
    const next = () =>
      counters.findOneAndUpdate({ _id: 'c' }, { $inc: { n: 1 } }, { upsert: true, returnDocument: 'after' });
    expect(await next()).to.deep.equal({ _id: 'c', n: 1 });
    expect(await next()).to.deep.equal({ _id: 'c', n: 2 });
    expect(await counters.findOneAndDelete({ _id: 'c' })).to.deep.equal({ _id: 'c', n: 2 });
    expect(await counters.findOne({ _id: 'c' })).to.equal(null);
  });
});
