import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '../../server/config.ts';
import { ownerOf } from '../../server/platform/cluster/connection-owner.ts';
import {
  connectDatabase,
  disconnectDatabase,
  ensureIndexes,
} from '../../server/platform/database/connect-database.ts';
import { openDatabase } from '../../server/platform/database/open-database.ts';
import { createLogger } from '../../server/platform/logging/create-logger.ts';
import { newId } from '../../server/platform/new-id.ts';
import { seedLiveDay, seedViewer } from '../live/live-day.ts';
import { spawnProduct, storageOf, type SpawnedProduct } from '../support/spawned-product.ts';
import { until } from '../support/until.ts';
import { keepLog, type LogKeeper } from './log-keeper.ts';

describe('the cores of one machine', function () {
  this.timeout(120_000);
  const dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-cluster-'));
  let product: SpawnedProduct;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let cookies: string[];
  const keepers: LogKeeper[] = [];

  before(async () => {
    const store = await openDatabase(loadConfig(storageOf(dataDirectory)), createLogger('silent'));
    await connectDatabase(store.uri);
    await ensureIndexes();
    day = await seedLiveDay(new Date());
    cookies = [];
    for (let count = 0; count < 8; count += 1)
      cookies.push((await seedViewer(day.eventId, day.organiserId, new Date())).cookie);
    await disconnectDatabase();
    await store.close();
    product = await spawnProduct({ dataDirectory, environment: { WEB_PROCESSES: '3' } });
  });
  afterEach(() => keepers.splice(0).forEach((keeper) => keeper.close()));
  after(async () => {
    await product?.kill();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const forks = (): number[] =>
    readFileSync(`/proc/${product.process.pid}/task/${product.process.pid}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number);
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const enterAll = async (transports: ('websocket' | 'polling')[]) => {
    for (const cookie of cookies)
      keepers.push(
        await keepLog([product.url], { cookie, eventId: day.eventId, origin: product.url, transports }),
      );
  };
  const say = (keeper: LogKeeper, text: string) =>
    keeper.send('chat:post', { channel: 'stage', stageId: 'main', clientId: newId(), text, replyToId: null });
  /** Until everybody has heard this from everybody; then all logs are one. */
  const allHeard = async (text: string) => {
    const heard = ({ log }: LogKeeper) =>
      log.filter(({ fact }) => fact.name === 'chat:posted' && fact.message.text === text).length;
    await until('everybody to have heard everybody', () => keepers.every((one) => heard(one) === 8), 40_000);
    for (const { log } of keepers) expect(log).to.deep.equal(keepers[0]!.log);
  };

  it('serve one live room from one port, counted together, and measured together', async () => {
    expect(forks()).to.have.length(3);
    await enterAll(['websocket']);
    for (const keeper of keepers) await say(keeper, 'hello');
    await allHeard('hello');
    await until('all to be counted by all', () =>
      keepers.every(({ counts }) => counts.at(-1) === cookies.length),
    );
    const metrics = await (await fetch(`${product.adminUrl}/metrics`)).text();
    expect(/^plenary_live_sockets (\d+)/m.exec(metrics)?.[1]).to.equal(String(cookies.length));
  });

  it('serve long-polling, each of whose requests may land on any of them, and its upgrade', async () => {
    await enterAll(['polling']);
    for (const keeper of keepers) await say(keeper, 'by polling');
    await allHeard('by polling');
    keepers.splice(0).forEach((keeper) => keeper.close());
    await enterAll(['polling', 'websocket']);
    for (const keeper of keepers) await say(keeper, 'upgraded');
    await allHeard('upgraded');
  });

  it('replace one that is killed, and its viewers miss nothing', async () => {
    await enterAll(['websocket']);
    const [first] = forks();
    process.kill(first!, 'SIGKILL');
    for (const keeper of keepers) await say(keeper, 'while one is down');
    await until('another in its place', () => forks().length === 3 && !forks().includes(first!));
    await until('everybody to be back', () => keepers.every(({ isConnected }) => isConnected), 40_000);
    for (const keeper of keepers) await say(keeper, 'after');
    await allHeard('after');
  });

  it('say that a connection is unknown whose process is gone, or that never was', async () => {
    for (const sid of ['1.gone', '99.never', '0.x', '%2e%2e.x']) {
      const response = await fetch(`${product.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`);
      expect(response.status, sid).to.equal(400);
    }
    expect(ownerOf('/socket.io/?EIO=4&sid=../../etc.x')).to.equal(null);
    expect(ownerOf('/events?sid=2.x')).to.equal(null);
    expect(ownerOf('/socket.io/?EIO=4&transport=polling&sid=12.abc')).to.equal(12);
  });

  it('all stop when asked, and all end when the process that forked them is killed', async () => {
    const asked = forks();
    expect(await product.stop()).to.equal(0);
    expect(asked.filter(isAlive)).to.deep.equal([]);
    product = await spawnProduct({ dataDirectory, environment: { WEB_PROCESSES: '2' } });
    const orphans = forks();
    expect(orphans).to.have.length(2);
    const ended = once(product.process, 'exit');
    product.process.kill('SIGKILL');
    await ended;
    await until('the forks to end', () => !orphans.some(isAlive));
  });
});
