import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EJSON } from 'bson';
import mongoose from 'mongoose';

export interface TransferCount {
  collections: number;
  documents: number;
}

/**
 * Writes the whole database that the URI names to one file, readable by its owner only: a line per document in
 * canonical Extended JSON, which keeps every BSON type. Before the documents of a collection stands a line with its
 * name and indexes, and the last line says how many there were, so that a file cut short is noticed.
 * What is changed during the export may be in it or not; stop the product for one exact moment.
 */
export async function exportData(uri: string, file: string): Promise<TransferCount> {
  const client = await mongoose.mongo.MongoClient.connect(uri);
  const unfinished = `${file}.unfinished`;
  const count: TransferCount = { collections: 0, documents: 0 };
  try {
    await pipeline(
      Readable.from(exportLines(client.db(), count)),
      createWriteStream(unfinished, { mode: 0o600 }),
    );
    await rename(unfinished, file);
    return count;
  } finally {
    await rm(unfinished, { force: true });
    await client.close();
  }
}

async function* exportLines(db: mongoose.mongo.Db, count: TransferCount): AsyncGenerator<string> {
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  const names = found.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
  for (const name of names.sort()) {
    const collection = db.collection(name, { promoteValues: false, promoteBuffers: false, bsonRegExp: true });
    const indexes = await db.collection(name).indexes();
    yield line({ $collection: name, indexes: indexes.filter((index) => index.name !== '_id_') });
    count.collections += 1;
    for await (const document of collection.find({}, { batchSize: 1_000 })) {
      yield line(document);
      count.documents += 1;
    }
  }
  yield line({ $end: { ...count } });
}

function line(value: mongoose.mongo.BSON.Document): string {
  return `${EJSON.stringify(value, { relaxed: false })}\n`;
}
