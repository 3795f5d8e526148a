import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { exportData } from '../../../server/platform/data-transfer/export-data.ts';
import { importData } from '../../../server/platform/data-transfer/import-data.ts';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts';

describe('export and import of the whole database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-transfer-'));
  const file = join(folder, 'backup.ndjson');
  let source: TestDatabase;
  let target: TestDatabase;
  let clients: { source: mongoose.mongo.MongoClient; target: mongoose.mongo.MongoClient };

  before(async () => {
    source = await openTestDatabase();
    target = await openTestDatabase();
    const connect = (uri: string) => mongoose.mongo.MongoClient.connect(uri);
    clients = { source: await connect(source.uri), target: await connect(target.uri) };
    const { Int32, Long, Double, UUID, Binary } = mongoose.mongo.BSON;
    const db = clients.source.db();
    await db.collection('typed').insertMany([
      { int: new Int32(1), long: Long.fromString('9007199254740993'), double: new Double(1), id: new UUID() },
      {
        at: new Date(1),
        bytes: new Binary(Buffer.from([0, 255])),
        pattern: /^a/i,
        nothing: null,
        text: 'é \u2028 "',
      },
    ]);
    await db
      .collection('many')
      .insertMany(Array.from({ length: 2_500 }, (_, n) => ({ n, email: `${n}@example.org` })));
    await db.collection('many').createIndex({ email: 1 }, { unique: true });
    const partialFilterExpression = { n: { $gt: 5 } };
    await db.collection('many').createIndex({ n: -1 }, { name: 'some', partialFilterExpression });
    await db.collection('codes').createIndex({ until: 1 }, { expireAfterSeconds: 60 });
  });
  after(async () => {
    await Promise.all([clients.source.close(), clients.target.close()]);
    await Promise.all([source.close(), target.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const contentOf = async (client: mongoose.mongo.MongoClient) => {
    const db = client.db();
    const names = (await db.listCollections().toArray()).map(({ name }) => name).sort();
    return Promise.all(
      names.map(async (name) => ({
        name,
        documents: await db.collection(name).find({}, { promoteValues: false }).sort({ _id: 1 }).toArray(),
        indexes: await db.collection(name).indexes(),
      })),
    );
  };

  it('restores every document, type and index', async () => {
    expect(await exportData(source.uri, file)).to.deep.equal({ collections: 3, documents: 2_502 });
    expect(await importData(target.uri, file)).to.deep.equal({ ok: true, collections: 3, documents: 2_502 });
    expect(await contentOf(clients.target)).to.deep.equal(await contentOf(clients.source));
    const again = clients.target.db().collection('many').insertOne({ email: '7@example.org' });
    expect(await again.catch((error: unknown) => error)).to.include({ code: 11000 });
  });

  it('writes a file only its owner can read', () => {
    expect(statSync(file).mode & 0o777).to.equal(0o600);
  });

  it('does not touch a database that holds something, unless told to replace it', async () => {
    await clients.target.db().collection('extra').insertOne({ kept: true });
    expect(await importData(target.uri, file)).to.deep.equal({ ok: false, reason: 'not-empty' });
    expect(await clients.target.db().collection('extra').countDocuments()).to.equal(1);
    expect(await importData(target.uri, file, true)).to.include({ ok: true });
    expect(await contentOf(clients.target)).to.deep.equal(await contentOf(clients.source));
  });

  it('notices a file that is cut short or is something else, before it changes anything', async () => {
    const whole = readFileSync(file, 'utf8');
    const before = await contentOf(clients.target);
    const cases = [
      [whole.slice(0, whole.length / 2), 'incomplete'],
      [whole.split('\n').slice(0, -2).join('\n'), 'incomplete'],
      ['hello\n', 'not-an-export'],
      ['{"_id":1}\n', 'not-an-export'],
    ];
    for (const [text, reason] of cases) {
      writeFileSync(join(folder, 'bad.ndjson'), text!);
      expect(await importData(target.uri, join(folder, 'bad.ndjson'), true)).to.deep.equal({
        ok: false,
        reason,
      });
    }
    expect(await contentOf(clients.target)).to.deep.equal(before);
  });
});
