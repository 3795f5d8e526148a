import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { connectTo, makeDataDirectory, type MongoClient } from './own-store.ts';

const rounds = 20;
const childFile = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

interface Acknowledged {
  inserts: Set<string>;
  transactions: Set<string>;
}

describe('a store that is killed', function () {
  this.timeout(90_000);
  const dataDirectory = makeDataDirectory();
  let child: ChildProcess | undefined;

  after(() => {
    child?.kill('SIGKILL');
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  async function start(): Promise<MongoClient> {
    child = spawn(process.execPath, ['--import', 'tsx', childFile, dataDirectory], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [uri] = (await once(createInterface(child.stdout!), 'line')) as [string];
    // Closing a client whose server is gone waits this long.
    return connectTo(uri, 1_000);
  }

  it(`loses no acknowledged write and tears no transaction in ${rounds} rounds of kill -9`, async () => {
    const acknowledged: Acknowledged = { inserts: new Set(), transactions: new Set() };
    let client = await start();
    await client.db().createCollection('left');
    await client.db().createCollection('right');
    for (let round = 0; round < rounds; round += 1) {
      await writeUntilKilled(client, round, acknowledged);
      client = await start();
      await check(client, acknowledged);
    }
    await client.close();
    expect(acknowledged.inserts.size).to.be.greaterThan(rounds * 20);
    expect(acknowledged.transactions.size).to.be.greaterThan(rounds);
  });

  /** Kills at a point that differs from round to round, while 8 writers and 4 transactions are under way. */
  async function writeUntilKilled(
    client: MongoClient,
    round: number,
    acknowledged: Acknowledged,
  ): Promise<void> {
    let killed = false;
    const killAfter = 40 + round * 13;
    let writes = 0;
    const noteWrite = (): void => {
      writes += 1;
      if (writes === killAfter) {
        killed = true;
        child!.kill('SIGKILL');
      }
    };
    const repeat = async (name: string, step: (id: string) => Promise<void>): Promise<void> => {
      for (let n = 0; !killed; n += 1) {
        try {
          await step(`${round}-${name}-${n}`);
          noteWrite();
        } catch {
          if (killed) return;
        }
      }
    };
    const insert = async (_id: string): Promise<void> => {
      await client.db().collection<{ _id: string }>('inserts').insertOne({ _id });
      acknowledged.inserts.add(_id);
    };
    const writers = Array.from({ length: 8 }, (_, n) => repeat(`w${n}`, insert));
    const transactions = Array.from({ length: 4 }, (_, n) =>
      repeat(`t${n}`, (id) => transact(client, id).then(() => void acknowledged.transactions.add(id))),
    );
    await once(child!, 'exit');
    // Ends the statements that would wait for the server to come back.
    await client.close();
    await Promise.all([...writers, ...transactions]);
  }

  function transact(client: MongoClient, _id: string): Promise<void> {
    return client.withSession(async (session) => {
      session.startTransaction();
      await client.db().collection<{ _id: string }>('left').insertOne({ _id }, { session });
      await client.db().collection<{ _id: string }>('right').insertOne({ _id }, { session });
      await client
        .db()
        .collection<{ _id: string; n: number }>('left')
        .updateOne({ _id: 'total' }, { $inc: { n: 1 } }, { session, upsert: true });
      await session.commitTransaction();
    });
  }

  async function check(client: MongoClient, acknowledged: Acknowledged): Promise<void> {
    const idsOf = async (name: string) =>
      (await client.db().collection<{ _id: string }>(name).find().toArray()).map(({ _id }) => _id);
    const inserts = new Set(await idsOf('inserts'));
    const left = (await idsOf('left')).filter((id) => id !== 'total');
    const right = await idsOf('right');
    expect(
      [...acknowledged.inserts].filter((id) => !inserts.has(id)),
      'lost inserts',
    ).to.deep.equal([]);
    expect(left.sort(), 'torn transactions').to.deep.equal(right.sort());
    expect(
      [...acknowledged.transactions].filter((id) => !left.includes(id)),
      'lost transactions',
    ).to.deep.equal([]);
    const total = await client.db().collection<{ _id: string; n: number }>('left').findOne({ _id: 'total' });
    expect(total?.n ?? 0).to.equal(left.length);
  }
});
