import { expect } from 'chai';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { compileSort } from '../../../server/platform/embedded-store/query/sort.ts';
import { startOwnStore, type MongoClient, type OwnStore } from './own-store.ts';

type Doc = Record<string, unknown>;
type Collection = mongoose.mongo.Collection<Doc & { _id: number }>;

const { Double, Long } = mongoose.mongo.BSON;

const scalar = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 0, max: 3 }).map((n) => Long.fromNumber(n)),
  fc.constantFrom(0.5, 1).map((n) => new Double(n)),
  fc.constantFrom('a', 'ab', 'abc', '', null, true, new Date(1), new Date(2)),
);
const list = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.array(fc.record({ x: scalar, y: scalar }, { requiredKeys: [] }), { maxLength: 3 }),
);
const document = fc.record({ a: fc.oneof(scalar, scalar, list), b: scalar, l: list }, { requiredKeys: [] });
const path = fc.constantFrom('a', 'b', 'l', 'l.x', 'l.y', '_id');
const condition = fc.oneof(
  scalar,
  fc.record({ $in: fc.array(scalar, { minLength: 1, maxLength: 4 }) }),
  fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne'), scalar)
    .map(([name, value]) => ({ [name]: value })),
  fc.tuple(scalar, scalar).map(([from, to]) => ({ $gte: from, $lt: to })),
  fc.constantFrom(
    { $regex: '^ab' },
    { $regex: '^ab?' },
    { $exists: true },
    { $exists: false },
    { $all: [1, 2] },
  ),
);
const filter = fc
  .array(fc.tuple(path, condition), { minLength: 1, maxLength: 2 })
  .map((parts) => ({ $and: parts.map(([name, value]) => ({ [name]: value })) }));
const sort = fc
  .array(fc.tuple(path, fc.constantFrom<1 | -1>(1, -1)), { maxLength: 2 })
  .map((parts) => Object.fromEntries(parts));

/** What a query finds, or the text of the error it fails with. */
function answer(collection: Collection, wanted: Doc, order: Record<string, 1 | -1>): Promise<Doc[] | string> {
  const found = collection.find(wanted, { promoteValues: false }).sort(order).toArray();
  return found.catch((error: unknown) => (error as mongoose.mongo.MongoServerError).message);
}

function idsOf(result: Doc[] | string): number[] | string {
  return typeof result === 'string' ? result : result.map(({ _id }) => Number(_id)).sort((x, y) => x - y);
}

describe('an index', () => {
  let store: OwnStore;
  let client: MongoClient;
  let db: mongoose.mongo.Db;

  before(async () => {
    store = await startOwnStore();
    client = await store.connect();
    db = client.db('app');
  });
  after(() => store.remove());

  it('never changes what a query finds, nor the order asked for', async () => {
    const plain: Collection = db.collection('plain');
    const indexed: Collection = db.collection('indexed');
    for (const key of [{ a: 1, b: 1 }, { b: -1 }, { 'l.x': 1, 'l.y': 1 }, { l: 1 }, { 'l.x': 1 }] as const) {
      await indexed.createIndex(key);
    }
    const documents = fc
      .sample(document, { numRuns: 80, seed: 7 })
      .map((fields, _id) => ({ _id, ...fields }));
    await indexed.insertMany(documents, { ordered: false }).catch(() => undefined);
    // What two arrays keep out of an index is left out of both.
    await plain.insertMany(await indexed.find({}, { promoteValues: false }).toArray());
    expect(await plain.estimatedDocumentCount()).to.be.above(60);

    for (const [wanted, order] of fc.sample(fc.tuple(filter, sort), { numRuns: 200, seed: 11 })) {
      const shown = JSON.stringify({ wanted, order });
      const [got, expected] = await Promise.all([
        answer(indexed, wanted, order),
        answer(plain, wanted, order),
      ]);
      expect(idsOf(got), shown).to.deep.equal(idsOf(expected));
      if (typeof got === 'string') continue;
      const compare = compileSort(order);
      for (const [i, doc] of got.slice(1).entries()) expect(compare(got[i]!, doc), shown).to.be.at.most(0);
    }
  });

  it('gives each document once when $in names a value twice and another field has a range', async () => {
    const twice = db.collection<{ _id: number; a: number; b: number; n: number }>('twice');
    await twice.createIndex({ a: 1, b: 1 });
    await twice.insertMany([
      { _id: 1, a: 1, b: 1, n: 0 },
      { _id: 2, a: 2, b: 2, n: 0 },
    ]);
    const wanted = { a: { $in: [1, 1, 2] }, b: { $gt: 0 } };
    expect((await twice.find(wanted).toArray()).map(({ _id }) => _id)).to.deep.equal([1, 2]);
    expect(await twice.countDocuments(wanted)).to.equal(2);
    expect((await twice.updateMany(wanted, { $inc: { n: 1 } })).modifiedCount).to.equal(2);
    expect((await twice.find().toArray()).map(({ n }) => n)).to.deep.equal([1, 1]);
  });

  it('that is dropped under an open cursor ends the cursor with an error instead of cutting the result short', async () => {
    const dropped: Collection = db.collection('dropped');
    await dropped.insertMany(Array.from({ length: 300 }, (_, _id) => ({ _id, group: 1 })));
    await dropped.createIndex({ group: 1 });
    const cursor = dropped.find({ group: 1 }, { batchSize: 50 });
    await cursor.next();
    await dropped.dropIndex('group_1');
    // 175 is MongoDB's QueryPlanKilled; a cursor that goes on without the index would be right as well.
    const rest = await cursor.toArray().then(
      (found) => found.length,
      (error: unknown) => (error as mongoose.mongo.MongoServerError).code,
    );
    expect(rest).to.be.oneOf([299, 175]);
  });
});

describe('a write command without its required fields', () => {
  let store: OwnStore;
  let db: mongoose.mongo.Db;

  before(async () => {
    store = await startOwnStore();
    db = (await store.connect()).db('app');
    await db.collection<Doc & { _id: number }>('kept').insertOne({ _id: 1, a: 1 });
  });
  after(() => store.remove());

  const COMMANDS: [name: string, command: Doc][] = [
    ['an update without a filter', { update: 'kept', updates: [{ u: { $set: { a: 2 } } }] }],
    ['a delete without a filter', { delete: 'kept', deletes: [{ limit: 1 }] }],
    ['a delete without a limit', { delete: 'kept', deletes: [{ q: {} }] }],
  ];
  for (const [name, command] of COMMANDS) {
    it(`is refused and changes nothing: ${name}`, async () => {
      const error: unknown = await db.command(command).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(mongoose.mongo.MongoServerError);
      // 40414: a required field is missing.
      expect((error as mongoose.mongo.MongoServerError).code).to.equal(40414);
      expect(await db.collection('kept').find().toArray()).to.deep.equal([{ _id: 1, a: 1 }]);
    });
  }
});
