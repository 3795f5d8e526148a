import mongoose from 'mongoose';

/**
 * Opens the one Mongoose connection of this process.
 *
 * Filters are sanitised and unknown paths are refused, so an operator that comes from outside cannot widen a
 * query; operators of our own go through `trusted()`. Writes wait until a majority has them on disk.
 */
export async function connectDatabase(uri: string): Promise<void> {
  mongoose.set('sanitizeFilter', true);
  mongoose.set('strictQuery', 'throw');
  mongoose.set('transactionAsyncLocalStorage', true);
  await mongoose.connect(uri, {
    autoIndex: true,
    w: 'majority',
    journal: true,
    readConcern: { level: 'majority' },
    serverSelectionTimeoutMS: 5_000,
    // A write that waits for a transaction holds its connection. With a small pool such writes take every one,
    // and the transaction they wait for has none left to commit by: a rush then stands still until it times out.
    maxPoolSize: 2_000,
    maxConnecting: 16,
    maxIdleTimeMS: 60_000,
  });
}

/** Builds every index before the product says it is ready; a unique index that is late lets duplicates in. */
export async function ensureIndexes(): Promise<void> {
  await Promise.all(mongoose.modelNames().map((name) => mongoose.model(name).init()));
}

export async function disconnectDatabase(): Promise<void> {
  await mongoose.disconnect();
}

/** True when the database answers a ping within a second. */
export async function isDatabaseReady(): Promise<boolean> {
  const ping = mongoose.connection.db?.admin().ping({ maxTimeMS: 1_000 });
  if (!ping) return false;
  const timeout = new Promise<false>((resolve) => setTimeout(resolve, 1_000, false).unref());
  return Promise.race([
    ping.then(
      () => true,
      () => false,
    ),
    timeout,
  ]);
}
