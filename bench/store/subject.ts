import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { indexes, registration, type Registration } from './registration.ts';
import type { ServerState } from './server.ts';

type MongoClient = mongoose.mongo.MongoClient;
type Step = (n: number) => Promise<unknown>;

/** One server with a client, and the operations that are measured on it. */
export class Subject {
  private last = 1_000_000;

  private constructor(
    private readonly server: ChildProcess,
    private readonly client: MongoClient,
  ) {}

  static async start(mode: 'store' | 'instant', folder: string): Promise<Subject> {
    const server = fork(join(import.meta.dirname, 'server.ts'), [mode, folder]);
    const [path] = (await once(server, 'message')) as [string];
    const uri = `mongodb://${encodeURIComponent(path)}/bench?directConnection=true`;
    const client = await mongoose.mongo.MongoClient.connect(uri, { minPoolSize: 50, maxPoolSize: 50 });
    return new Subject(server, client);
  }

  private get registrations() {
    return this.client.db().collection<Registration>('registrations');
  }

  private get seats() {
    return this.client.db().collection<{ _id: string; remaining: number }>('seats');
  }

  /** Fills the collections the measured operations work on. */
  async prepare(count: number): Promise<void> {
    await this.registrations.createIndexes(indexes.map((index) => ({ ...index })));
    for (let from = 0; from < count; from += 1_000) {
      await this.registrations.insertMany(Array.from({ length: 1_000 }, (_, i) => registration(from + i)));
    }
    await this.seats.insertOne({ _id: 'hot', remaining: 1_000_000_000 });
  }

  readonly insert: Step = () => this.registrations.insertOne(registration((this.last += 1)));

  pointReads(ids: readonly Registration['_id'][]): Step {
    return (n) => this.registrations.findOne({ _id: ids[n % ids.length]! });
  }

  readonly indexedPage: Step = (n) =>
    this.registrations
      .find({ eventId: n % 100 })
      .sort({ registeredAt: -1 })
      .limit(50)
      .toArray();

  readonly takeSeat: Step = () =>
    this.seats.updateOne({ _id: 'hot', remaining: { $gte: 1 } }, { $inc: { remaining: -1 } });

  readonly transaction: Step = () =>
    this.client.withSession((session) =>
      session.withTransaction(async () => {
        await this.seats.updateOne({ _id: 'hot' }, { $inc: { remaining: -1 } }, { session });
        await this.registrations.insertOne(registration((this.last += 1)), { session });
        await this.client
          .db()
          .collection('outbox')
          .insertOne({ kind: 'registration-confirmed' }, { session });
      }),
    );

  async someIds(): Promise<Registration['_id'][]> {
    return (
      await this.registrations.find().project<{ _id: Registration['_id'] }>({ _id: 1 }).limit(1_000).toArray()
    ).map(({ _id }) => _id);
  }

  async state(): Promise<ServerState> {
    this.server.send('state');
    const [state] = (await once(this.server, 'message')) as [ServerState];
    return state;
  }

  async stop(): Promise<void> {
    await this.client.close();
    this.server.kill();
    await once(this.server, 'exit');
  }
}

/** Operations per second with so many clients, each waiting for its answer before the next. */
export async function measure(step: Step, writers: number, milliseconds: number): Promise<number> {
  const started = performance.now();
  let done = 0;
  const work = async (): Promise<void> => {
    while (performance.now() - started < milliseconds) await step((done += 1));
  };
  await Promise.all(Array.from({ length: writers }, work));
  return (done / (performance.now() - started)) * 1_000;
}
