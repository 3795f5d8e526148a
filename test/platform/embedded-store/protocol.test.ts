import { expect } from 'chai';
import { Binary, BSON, Long, UUID } from 'bson';
import mongoose from 'mongoose';
import type { StoreLogEntry } from '../../../server/platform/embedded-store/engine.ts';
import { startOwnStore, type OwnStore } from './own-store.ts';
import { opMsg, RawClient } from './raw-client.ts';

describe("the embedded store's wire protocol", () => {
  let store: OwnStore;
  let raw: RawClient;
  const log: StoreLogEntry[] = [];

  before(async () => {
    store = await startOwnStore({ log: (entry) => log.push(entry) });
  });
  after(() => store.remove());
  beforeEach(async () => {
    raw = await RawClient.connect(store.uri);
  });
  afterEach(() => raw.destroy());

  const numbered = (txnNumber: number, session = new UUID()) => ({
    lsid: { id: new Binary(session.buffer, 4) },
    txnNumber: Long.fromNumber(txnNumber),
  });

  async function isUnharmed(): Promise<void> {
    const other = await RawClient.connect(store.uri);
    expect(await other.command({ ping: 1 })).to.include({ ok: 1 });
    other.destroy();
  }

  it('does a numbered write once, however often it is sent', async () => {
    const who = numbered(1);
    await raw.command({ insert: 'once', documents: [{ _id: 1, n: 0 }] });
    const increment = { update: 'once', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }], ...who };
    const first = await raw.command(increment);
    const again = await Promise.all([raw.command(increment), raw.command(increment)]);
    expect(first).to.include({ n: 1, nModified: 1, ok: 1 });
    expect(again).to.deep.equal([first, first]);
    const found = await raw.command({ find: 'once', filter: {} });
    expect(found!.cursor).to.have.nested.property('firstBatch[0].n', 1);
  });

  it('remembers a numbered write and a commit over a restart', async () => {
    const write = { insert: 'kept', documents: [{ _id: 'a' }], ...numbered(5) };
    const who = numbered(3);
    await raw.command(write);
    await raw.command({
      insert: 'kept',
      documents: [{ _id: 'b' }],
      ...who,
      autocommit: false,
      startTransaction: true,
    });
    await raw.command({ commitTransaction: 1, ...who, autocommit: false });
    raw.destroy();
    await store.close();
    store = await startOwnStore({ dataDirectory: store.dataDirectory, log: (entry) => log.push(entry) });
    raw = await RawClient.connect(store.uri);
    expect(await raw.command(write)).to.deep.include({ n: 1, ok: 1 });
    expect(await raw.command({ commitTransaction: 1, ...who, autocommit: false })).to.include({ ok: 1 });
    expect(await raw.command({ count: 'kept' })).to.include({ n: 2 });
  });

  it('refuses a number lower than the last one of its session', async () => {
    const session = new UUID();
    await raw.command({ insert: 'old', documents: [{ _id: 1 }], ...numbered(9, session) });
    const reply = await raw.command({ insert: 'old', documents: [{ _id: 2 }], ...numbered(8, session) });
    expect(reply).to.include({ ok: 0, code: 225, codeName: 'TransactionTooOld' });
  });

  it('ends the transaction of a connection that is killed, and keeps nothing of it', async () => {
    const dying = await RawClient.connect(store.uri);
    const insert = {
      insert: 'killed',
      documents: [{ _id: 1 }],
      ...numbered(1),
      autocommit: false,
      startTransaction: true,
    };
    expect(await dying.command(insert)).to.include({ ok: 1 });
    const waiting = raw.command({ insert: 'killed', documents: [{ _id: 2 }] });
    dying.destroy();
    expect(await waiting).to.include({ ok: 1 });
    expect(await raw.command({ distinct: 'killed', key: '_id' })).to.deep.include({ values: [2] });
  });

  it('tells a write without the session inside a transaction why it cannot go on', async function () {
    this.timeout(15_000);
    const who = { ...numbered(1), autocommit: false };
    await raw.command({ insert: 'stuck', documents: [{ _id: 1 }], ...who, startTransaction: true });
    const keepAlive = setInterval(() => void raw.command({ find: 'stuck', ...who }), 500);
    const other = await RawClient.connect(store.uri);
    const reply = await other.command({ insert: 'stuck', documents: [{ _id: 2 }] });
    clearInterval(keepAlive);
    expect(reply).to.include({ ok: 0, code: 24, codeName: 'LockTimeout' });
    expect(reply!.errmsg).to.contain('without the session');
    expect(await raw.command({ abortTransaction: 1, ...who })).to.include({ ok: 1 });
    other.destroy();
  });

  it('names unknown commands 59 and unsupported options 238, and says where to go', async () => {
    const unknown = await raw.command({ watchEverything: 1 });
    expect(unknown).to.include({ ok: 0, code: 59, codeName: 'CommandNotFound' });
    for (const command of [
      { find: 'x', filter: {}, collation: { locale: 'sv' } },
      { find: 'x', filter: {}, hint: { a: 1 } },
      { find: 'x', filter: {}, readConcern: { level: 'linearizable' } },
      { update: 'x', updates: [{ q: {}, u: { $set: { a: 1 } }, collation: { locale: 'sv' } }] },
      { delete: 'x', deletes: [{ q: {}, limit: 1, hint: 'a' }] },
      { create: 'x', capped: true, size: 100 },
      { createIndexes: 'x', indexes: [{ key: { a: 'text' }, name: 'a_text' }] },
      { createIndexes: 'x', indexes: [{ key: { a: 1 }, name: 'a', sparse: true }] },
      { aggregate: 'x', pipeline: [{ $out: 'y' }], cursor: {} },
      { aggregate: 'x', pipeline: [], cursor: {}, let: { a: 1 } },
    ]) {
      const reply = await raw.command(command);
      expect(reply, JSON.stringify(command)).to.include({ code: 238, codeName: 'NotImplemented' });
      expect(reply!.errmsg).to.contain('set MONGODB_URI');
    }
  });

  it('keeps the rules for indexes', async () => {
    const create = (spec: Record<string, unknown>) =>
      raw.command({ createIndexes: 'specs', indexes: [spec] });
    expect(await create({ key: { a: 1 }, name: 'a' })).to.include({
      numIndexesBefore: 1,
      numIndexesAfter: 2,
    });
    expect(await create({ key: { a: 1 }, name: 'a' })).to.include({
      numIndexesBefore: 2,
      numIndexesAfter: 2,
    });
    expect(await create({ key: { b: 1 }, name: 'a' })).to.include({ code: 86 });
    expect(await create({ key: { a: 1 }, name: 'other' })).to.include({ code: 85 });
    expect(await create({ key: {}, name: 'c' })).to.include({ code: 67 });
    expect(await create({ key: { c: 2 }, name: 'c' })).to.include({ code: 67 });
    expect(await create({ key: { c: 1 }, name: 'c', partialFilterExpression: { c: { $ne: 1 } } })).to.include(
      { code: 67 },
    );
    await raw.command({ insert: 'specs', documents: [{ d: 1 }, { d: 1 }] });
    expect(await create({ key: { d: 1 }, name: 'd', unique: true })).to.include({ code: 11000 });
    expect(await raw.command({ listIndexes: 'specs' })).to.have.nested.property(
      'cursor.firstBatch.length',
      2,
    );
    await create({ key: { e: 1, f: 1 }, name: 'ef' });
    const parallel = await raw.command({ insert: 'specs', documents: [{ e: [1], f: [1] }] });
    expect(parallel).to.have.nested.property('writeErrors[0].code', 171);
    expect(await raw.command({ dropIndexes: 'specs', index: 'none' })).to.include({ code: 27 });
    expect(await raw.command({ dropIndexes: 'specs', index: '*' })).to.include({ ok: 1 });
    expect(await raw.command({ listIndexes: 'nowhere' })).to.include({ code: 26 });
  });

  it('takes a document of 16 MiB and refuses a larger one', async function () {
    this.timeout(20_000);
    const fill = (bytes: number) => ({ _id: bytes, text: 'x'.repeat(bytes) });
    expect(await raw.command({ insert: 'big', documents: [fill(16 * 1024 * 1024 - 40)] })).to.include({
      n: 1,
    });
    const refused = await raw.command({ insert: 'big', documents: [fill(16 * 1024 * 1024)] });
    expect(refused).to.have.nested.property('writeErrors[0].code', 10334);
    const grown = await raw.command({
      update: 'big',
      updates: [{ q: {}, u: { $set: { more: 'y'.repeat(100) } } }],
    });
    expect(grown).to.have.nested.property('writeErrors[0].code', 10334);
    const found = await raw.command({ find: 'big', filter: {} });
    expect(found).to.have.nested.property('cursor.firstBatch.length', 1);
  });

  const withHeader = (length: number, opCode: number, rest: Buffer): Buffer => {
    const header = Buffer.alloc(16);
    header.writeInt32LE(length, 0);
    header.writeInt32LE(opCode, 12);
    return Buffer.concat([header, rest]);
  };
  const malformed: Record<string, Buffer> = {
    'a length that is too small': withHeader(3, 2013, Buffer.alloc(0)),
    'a negative length': withHeader(-1, 2013, Buffer.alloc(0)),
    'a length of gigabytes': withHeader(0x7fffffff, 2013, Buffer.alloc(0)),
    'an unknown opcode': withHeader(20, 4242, Buffer.alloc(4)),
    'an unknown section kind': withHeader(26, 2013, Buffer.from('00000000' + '07' + '0500000000', 'hex')),
    'no section at all': withHeader(20, 2013, Buffer.alloc(4)),
    'a body longer than its message': withHeader(
      26,
      2013,
      Buffer.from('00000000' + '00' + 'ff00000000', 'hex'),
    ),
    'bytes that are not BSON': withHeader(
      30,
      2013,
      Buffer.from('00000000' + '00' + '09000000ffffffff00', 'hex'),
    ),
    'an unknown required flag': withHeader(26, 2013, Buffer.from('40000000' + '00' + '0500000000', 'hex')),
    'an empty command': withHeader(26, 2013, Buffer.from('00000000' + '00' + '0500000000', 'hex')),
    'text of another protocol': Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  };
  for (const [what, bytes] of Object.entries(malformed)) {
    it(`closes the connection on ${what} and goes on serving others`, async () => {
      expect(await raw.send(bytes)).to.equal(undefined);
      await raw.closed;
      await isUnharmed();
    });
  }

  it('refuses a document that is not BSON or is nested without end, and keeps the others', async () => {
    const good = Buffer.from(BSON.serialize({ _id: 'good' }));
    const broken = Buffer.from(BSON.serialize({ _id: 'broken', text: 'abc' }));
    broken.writeInt32LE(9_999, broken.indexOf('text') + 5);
    const reply = await raw.send(insertMessage('hostile', [nested(100_000), broken, good]));
    expect(reply).to.include({ n: 1 });
    expect(reply).to.have.nested.property('writeErrors[0].code', 15);
    expect(reply).to.have.nested.property('writeErrors[1].code', 22);
    expect(await raw.command({ distinct: 'hostile', key: '_id' })).to.deep.include({ values: ['good'] });
    await isUnharmed();
  });

  it('is unharmed by a message that is cut off', async () => {
    const message = opMsg({ insert: 'cut', documents: [{ _id: 1, text: 'x'.repeat(10_000) }] });
    raw.write(message.subarray(0, message.length / 2));
    raw.destroy();
    await isUnharmed();
    raw = await RawClient.connect(store.uri);
    expect(await raw.command({ count: 'cut' })).to.include({ n: 0 });
  });

  it('puts together a message that comes byte by byte, and answers several in order', async () => {
    const one = opMsg({ ping: 1 }, 1);
    const reply = raw.send(one.subarray(0, 1));
    for (const byte of one.subarray(1)) raw.write(Buffer.of(byte));
    expect(await reply).to.include({ ok: 1 });
    const replies = [raw.command({ insert: 'order', documents: [{}] }), raw.command({ count: 'order' })];
    expect((await Promise.all(replies)).map((answer) => answer!.n as number)).to.deep.equal([1, 1]);
  });

  it('logs a query that scans many documents with its shape and without its values', async () => {
    const documents = Array.from({ length: 1_500 }, (_, n) => ({ n, email: `secret-${n}@example.org` }));
    await raw.command({ insert: 'scanned', documents });
    log.length = 0;
    await raw.command({
      find: 'scanned',
      filter: { email: { $in: ['secret-1@example.org'] }, n: 1 },
      sort: { n: 1 },
    });
    const entry = await eventually(() => log.find(({ message }) => message.includes('scanned')));
    expect(entry.details).to.include({ scanned: 1_500 });
    expect(entry.details.shape).to.equal(
      'find raw.scanned filter: { email: { $in: [?] }, n: ? } sort: { n: ? }',
    );
    expect(JSON.stringify(log)).not.to.contain('secret');
  });

  it('stops a command at its maxTimeMS', async () => {
    const filter = { $or: Array.from({ length: 400 }, (_, n) => ({ email: { $regex: `x{1,20}y${n}` } })) };
    const reply = await raw.command({ find: 'scanned', filter, maxTimeMS: 1 });
    expect(reply).to.include({ ok: 0, code: 50, codeName: 'MaxTimeMSExpired' });
  });

  it('says that a cursor is gone, or belongs to another collection', async () => {
    const gone = await raw.command({ getMore: Long.fromNumber(12345), collection: 'scanned' });
    expect(gone).to.include({ code: 43, codeName: 'CursorNotFound' });
    const opened = await raw.command({ find: 'scanned', batchSize: 2 });
    const { id } = (opened as { cursor: { id: Long } }).cursor;
    const cursor = Long.fromValue(id);
    expect(await raw.command({ getMore: cursor, collection: 'order' })).to.include({ code: 43 });
    expect(await raw.command({ getMore: cursor, collection: 'scanned' })).to.include({ ok: 1 });
  });

  it('answers the first hello in its old form', async () => {
    const client = await mongoose.mongo.MongoClient.connect(store.uri);
    const hello = await client.db().admin().command({ hello: 1 });
    await client.close();
    expect(hello).to.include({ isWritablePrimary: true, maxWireVersion: 21, setName: 'embedded' });
  });
});

/** A document in a document and so on, so many levels deep. */
function nested(levels: number): Buffer {
  const bytes = Buffer.alloc(levels * 8 + 5);
  for (let level = 0; level < levels; level += 1) {
    bytes.writeInt32LE((levels - level) * 8 + 5, level * 7);
    bytes.write('\x03a\0', level * 7 + 4, 'latin1');
  }
  bytes.writeInt32LE(5, levels * 7);
  return bytes;
}

/** An unordered insert whose documents are taken as they are. */
function insertMessage(collection: string, documents: Buffer[]): Buffer {
  const message = opMsg({ insert: collection, ordered: false });
  const name = Buffer.from('documents\0');
  const size = documents.reduce((sum, { length }) => sum + length, 4 + name.length);
  const head = Buffer.alloc(5);
  head[0] = 1;
  head.writeInt32LE(size, 1);
  const whole = Buffer.concat([message, head, name, ...documents]);
  whole.writeInt32LE(whole.length, 0);
  return whole;
}

/** Waits for what comes from the other thread. */
async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
