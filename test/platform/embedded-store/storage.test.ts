import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type mongoose from 'mongoose';
import { DataDirectoryError } from '../../../server/platform/embedded-store/start-embedded-store.ts';
import { runStore } from '../../../server/platform/embedded-store/run-store.ts';
import { connectTo, makeDataDirectory, startOwnStore, type OwnStore } from './own-store.ts';

type Collection = mongoose.mongo.Collection<{ _id: number; [field: string]: unknown }>;

describe("the embedded store's data folder", () => {
  let store: OwnStore;
  beforeEach(async () => {
    store = await startOwnStore();
  });
  afterEach(() => store.remove());

  it('is readable by its owner only', () => {
    expect(statSync(join(store.dataDirectory, 'store')).mode & 0o777).to.equal(0o700);
  });

  it('refuses a second owner with a sentence that says what to do', async () => {
    const second = await startOwnStore({ dataDirectory: store.dataDirectory }).catch(
      (error: unknown) => error,
    );
    expect(second).to.be.instanceOf(DataDirectoryError);
    expect((second as Error).message).to.match(/Another process is already using the data in .*DATA_DIR/);
    const client = await store.connect();
    expect(await client.db().command({ ping: 1 })).to.include({ ok: 1 });
  });

  it('is free again after a close, and still holds everything', async () => {
    const client = await store.connect();
    await client.db().collection('kept').insertOne({ n: 1 });
    await client.close();
    await store.close();
    const next = await startOwnStore({ dataDirectory: store.dataDirectory });
    store = next;
    expect(await (await next.connect()).db().collection('kept').countDocuments()).to.equal(1);
  });

  it('refuses the data of a newer version', async () => {
    await store.close();
    writeFileSync(join(store.dataDirectory, 'store', 'format'), '2\n');
    const refused = await startOwnStore({ dataDirectory: store.dataDirectory }).catch(
      (error: unknown) => error,
    );
    expect(refused).to.be.instanceOf(DataDirectoryError);
    expect((refused as Error).message).to.contain('format 2');
    writeFileSync(join(store.dataDirectory, 'store', 'format'), '1\n');
    store = await startOwnStore({ dataDirectory: store.dataDirectory });
  });
});

describe('an embedded store that runs out of space', () => {
  const disk = makeDataDirectory();
  let isMounted = false;

  before(function () {
    // Only a real small disk shows what lmdb does when it is full, and only root may make one.
    isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0;
    if (!isMounted) this.skip();
  });
  after(() => {
    if (isMounted) spawnSync('umount', [disk]);
  });

  it('fails the write, keeps what it acknowledged and goes on when there is room again', async () => {
    const store = await startOwnStore({ dataDirectory: join(disk, 'data') });
    try {
      const filling = (await store.connect()).db().collection<{ _id: number; text?: string }>('filling');
      let acknowledged = 0;
      let failure: unknown;
      while (failure === undefined) {
        const insert = filling.insertOne({ _id: acknowledged, text: 'x'.repeat(200_000) });
        await insert.then(() => (acknowledged += 1)).catch((error: unknown) => (failure = error));
      }
      expect(failure).to.include({ code: 14031 });
      expect(acknowledged).to.be.greaterThan(5);
      expect(await filling.countDocuments()).to.equal(acknowledged);
      expect((await filling.deleteMany({ _id: { $lt: 5 } })).deletedCount).to.equal(5);
      // lmdb uses freed pages again only two commits later.
      for (let n = 0; n < 3; n += 1) await filling.insertOne({ _id: 5_000 + n });
      await filling.insertOne({ _id: 6_000, text: 'x'.repeat(200_000) });
      expect(await filling.countDocuments()).to.equal(acknowledged - 5 + 4);
    } finally {
      await store.remove();
    }
  });
});

describe('expiry', () => {
  it('removes what a TTL index says is over, and nothing else', async () => {
    const logged: { message: string; details: unknown }[] = [];
    const running = await runStore(makeDataDirectory(), (entry) => logged.push(entry));
    const client = await connectTo(
      `mongodb://${encodeURIComponent(running.engine.address)}/ttl?directConnection=true`,
    );
    try {
      const codes = client.db().collection<{ _id: string; until?: unknown }>('codes');
      await codes.createIndex({ until: 1 }, { expireAfterSeconds: 60 });
      const now = Date.now();
      await codes.insertMany([
        { _id: 'over', until: new Date(now - 61_000) },
        { _id: 'earliest of several', until: [new Date(now), new Date(now - 61_000)] },
        { _id: 'still', until: new Date(now - 59_000) },
        { _id: 'not a date', until: 5 },
        { _id: 'missing' },
      ]);
      await codes.insertMany(
        Array.from({ length: 1_200 }, (_, n) => ({ _id: `many ${n}`, until: new Date(1_000 + n) })),
      );
      await running.engine.tidy(new Date(now));
      expect(await codes.distinct('_id')).to.deep.equal(['missing', 'not a date', 'still']);
      // A busy machine may log slow commands too.
      expect(logged.filter(({ message }) => message.includes('sweep'))).to.deep.equal([]);
    } finally {
      await client.close();
      await running.close();
    }
  });
});

describe('indexes', () => {
  let store: OwnStore;
  let plain: Collection;
  let indexed: Collection;

  before(async () => {
    store = await startOwnStore();
    const db = (await store.connect()).db();
    plain = db.collection('plain');
    indexed = db.collection('indexed');
    await indexed.createIndexes([
      { key: { a: 1 } },
      { key: { a: 1, b: -1 } },
      { key: { b: 1, a: 1 }, partialFilterExpression: { b: { $gt: 0 } } },
      { key: { 'c.x': 1, 'c.y': 1 } },
      { key: { d: 1, a: 1 } },
    ]);
  });
  after(() => store.remove());

  const scalar = fc.constantFrom<unknown>(
    null,
    0,
    1,
    2,
    1.5,
    -1,
    '',
    'a',
    'ab',
    'b',
    true,
    false,
    new Date(0),
    { x: 1 },
  );
  const value = fc.oneof({ weight: 4, arbitrary: scalar }, fc.array(scalar, { maxLength: 3 }));
  const point = fc.record({ x: scalar, y: scalar }, { requiredKeys: [] });
  const document = fc.record(
    { a: value, b: scalar, c: fc.oneof(point, fc.array(point, { maxLength: 3 })), d: scalar },
    { requiredKeys: [] },
  );
  const range = fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'), scalar)
    .map(([operator, operand]) => ({ [operator]: operand }));
  const condition = fc.oneof(
    value,
    range,
    fc.tuple(range, range).map(([one, other]) => ({ ...one, ...other })),
    fc.array(scalar, { minLength: 1, maxLength: 3 }).map((values) => ({ $in: values })),
    fc.constantFrom({ $exists: true }, { $exists: false }, { $regex: '^a' }, { $type: 'string' }),
    fc.array(scalar, { minLength: 1, maxLength: 2 }).map((values) => ({ $all: values })),
  );
  const filter = fc.dictionary(fc.constantFrom('a', 'b', 'c.x', 'c.y', 'd', '_id'), condition, {
    maxKeys: 3,
  });
  const direction = fc.constantFrom<1 | -1>(1, -1);
  const sort = fc.option(
    // Never two fields that may hold arrays: MongoDB refuses to sort by both.
    fc.oneof(
      fc.dictionary(fc.constantFrom('a', 'b', 'd'), direction, { minKeys: 1, maxKeys: 2 }),
      fc.dictionary(fc.constantFrom('c.x', 'b', 'd'), direction, { minKeys: 1, maxKeys: 2 }),
    ),
    { nil: undefined },
  );

  type Query = [filter: object, sort: Record<string, 1 | -1> | undefined];
  const usesPartialIndex: Query = [{ b: { $gt: 0 } }, { b: 1 }];

  it('give the same answers in the same order as no index at all', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 1, maxLength: 12 }),
        fc.array(fc.tuple(filter, sort), { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(11), value), { maxLength: 3 }),
        async (documents, queries, changes) => {
          await Promise.all([plain.deleteMany({}), indexed.deleteMany({})]);
          const numbered = documents.map((fields, _id) => ({ _id, ...fields }));
          for (const collection of [plain, indexed]) {
            await collection.insertMany(numbered);
            for (const [_id, a] of changes) await collection.updateOne({ _id }, { $set: { a } });
          }
          for (const [where, order] of [...queries, usesPartialIndex]) {
            const idsIn = async (collection: Collection) => {
              const found = collection.find(where);
              if (order) found.sort({ ...order, _id: 1 });
              const ids = (await found.toArray()).map(({ _id }) => _id);
              return order ? ids : ids.sort((one, other) => one - other);
            };
            expect(await idsIn(indexed), JSON.stringify([where, order])).to.deep.equal(await idsIn(plain));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keep strings apart that are alike for longer than a key can be', async () => {
    const long = (await store.connect()).db().collection('long');
    await long.createIndex({ text: 1 }, { unique: true });
    const text = 'é'.repeat(2_000);
    await long.insertMany([{ text: `${text}b` }, { text: `${text}a` }]);
    expect(await long.insertOne({ text: `${text}a` }).catch((error: unknown) => error)).to.include({
      code: 11000,
    });
    expect(await long.countDocuments({ text: `${text}a` })).to.equal(1);
    const sorted = await long.find().sort({ text: 1 }).toArray();
    expect(sorted.map((doc) => (doc.text as string).at(-1))).to.deep.equal(['a', 'b']);
  });
});
