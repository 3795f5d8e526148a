import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { EJSON } from 'bson';
import mongoose from 'mongoose';
import type { TransferCount } from './export-data.ts';

export type ImportResult =
  ({ ok: true } & TransferCount) | { ok: false; reason: 'not-empty' | 'not-an-export' | 'incomplete' };

type Document = mongoose.mongo.BSON.Document;
type Index = mongoose.mongo.IndexDescription;

const batchSize = 1_000;

/**
 * Fills the database that the URI names from a file of `exportData`, indexes included. The file is checked to its end
 * before anything is written.
 * @param replace drop what the database holds now; without it only an empty one is filled
 */
export async function importData(uri: string, file: string, replace = false): Promise<ImportResult> {
  const fault = await findFault(file);
  if (fault) return { ok: false, reason: fault };
  const client = await mongoose.mongo.MongoClient.connect(uri);
  try {
    const db = client.db();
    if (replace) await db.dropDatabase();
    else if (await holdsDocuments(db)) return { ok: false, reason: 'not-empty' };
    return { ok: true, ...(await fill(db, file)) };
  } finally {
    await client.close();
  }
}

async function* readLines(file: string): AsyncGenerator<Document> {
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (text !== '') yield EJSON.parse(text, { relaxed: false }) as Document;
  }
}

async function findFault(file: string): Promise<'not-an-export' | 'incomplete' | undefined> {
  let documents = 0;
  let last: Document | undefined;
  try {
    for await (const entry of readLines(file)) {
      if (!last && !('$collection' in entry) && !('$end' in entry)) return 'not-an-export';
      if ('_id' in entry) documents += 1;
      last = entry;
    }
  } catch (error) {
    if (error instanceof SyntaxError) return last ? 'incomplete' : 'not-an-export';
    throw error;
  }
  const end = last?.$end as { documents: unknown } | undefined;
  return Number(end?.documents ?? -1) === documents ? undefined : 'incomplete';
}

async function holdsDocuments(db: mongoose.mongo.Db): Promise<boolean> {
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    if (!name.startsWith('system.') && (await db.collection(name).findOne())) return true;
  }
  return false;
}

async function fill(db: mongoose.mongo.Db, file: string): Promise<TransferCount> {
  const count: TransferCount = { collections: 0, documents: 0 };
  let name = '';
  let indexes: Index[] = [];
  let batch: Document[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await db.collection(name).insertMany(batch);
    count.documents += batch.length;
    batch = [];
  };
  for await (const entry of readLines(file)) {
    if ('_id' in entry) {
      if (batch.push(entry) >= batchSize) await flush();
      continue;
    }
    await flush();
    // Indexes come after the documents: building them once is quicker, and a unique one is checked all the same.
    if (indexes.length > 0) await db.collection(name).createIndexes(indexes);
    if (!('$collection' in entry)) break;
    name = entry.$collection as string;
    indexes = (entry.indexes as Document[]).map(withoutVersion);
    if (!(await db.listCollections({ name }).hasNext())) await db.createCollection(name);
    count.collections += 1;
  }
  return count;
}

/** The format number of an index is the server's own affair. */
function withoutVersion(index: Document): Index {
  return Object.fromEntries(Object.entries(index).filter(([name]) => name !== 'v')) as unknown as Index;
}
