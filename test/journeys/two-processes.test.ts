import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  connectDatabase,
  disconnectDatabase,
  ensureIndexes,
} from '../../server/platform/database/connect-database.ts';
import { getLastSeq, listFactsAfter } from '../../server/live-log/live-log.queries.ts';
import { newId } from '../../server/platform/new-id.ts';
import { seedLiveDay, seedViewer } from '../live/live-day.ts';
import { startRedis, type RedisServer } from '../support/redis-server.ts';
import { spawnProduct, type SpawnedProduct } from '../support/spawned-product.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';
import { keepLog, type LogKeeper } from './log-keeper.ts';

/** What nobody wakes a process for is found within a quarter of a second, on a machine that is not busy. */
const promptlyMs = 5_000;
const origin = 'http://localhost:3999';

describe('two web processes with one live room', function () {
  this.timeout(120_000);
  const dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-two-'));
  let database: TestDatabase;
  let redis: RedisServer;
  let products: SpawnedProduct[];
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let keepers: LogKeeper[] = [];

  const startWeb = (port?: number) =>
    spawnProduct({
      dataDirectory,
      parts: ['web'],
      ...(port !== undefined && { port }),
      environment: {
        MONGODB_URI: database.uri,
        REDIS_URL: redis.url,
        PUBLIC_URL: origin,
        SECRET_KEY: 'ab'.repeat(32),
      },
    });
  const isUp = async (product: SpawnedProduct) =>
    (await (await fetch(`${product.adminUrl}/metrics`)).text()).includes('plenary_peers_up 1');
  const bothUp = () =>
    until('Redis to be reached', async () => (await Promise.all(products.map(isUp))).every(Boolean));

  before(async () => {
    database = await openTestDatabase();
    redis = await startRedis();
    await connectDatabase(database.uri);
    await ensureIndexes();
    // One after the other: both build what is missing in the store.
    products = [await startWeb(), await startWeb()];
    await bothUp();
  });
  beforeEach(async () => {
    day = await seedLiveDay(new Date());
  });
  afterEach(() => keepers.splice(0).forEach((keeper) => keeper.close()));
  after(async () => {
    for (const product of products ?? []) await product.kill();
    await redis?.close();
    await disconnectDatabase();
    await database?.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const urls = () => products.map(({ url }) => url);
  const enter = async (first: number) => {
    const viewer = await seedViewer(day.eventId, day.organiserId, new Date());
    const order = first === 0 ? urls() : urls().reverse();
    const keeper = await keepLog(order, { cookie: viewer.cookie, eventId: day.eventId, origin });
    keepers.push(keeper);
    return { keeper, viewer };
  };
  const say = (keeper: LogKeeper, text: string) =>
    keeper.send('chat:post', { channel: 'stage', stageId: 'main', clientId: newId(), text, replyToId: null });
  const serverLog = async () => listFactsAfter(day.eventId, 'viewers', 0, 10_000);
  const everybodyHasAll = async () => {
    await until(
      'every log to be whole',
      async () => {
        const seq = await getLastSeq(day.eventId, 'viewers');
        return keepers.every(({ log, isConnected }) => isConnected && log.at(-1)?.seq === seq);
      },
      40_000,
    );
    const whole = await serverLog();
    for (const { log } of keepers) expect(log).to.deep.equal(whole);
    return whole;
  };
  /** Four viewers, two on each, who speak until `during` is over. */
  const speakWhile = async (during: () => Promise<void>) => {
    const entered = [await enter(0), await enter(1), await enter(0), await enter(1)];
    let isOver = false;
    let said = 0;
    const speaking = (async () => {
      while (!isOver) {
        const one = entered[said % entered.length]!;
        await say(one.keeper, `word ${(said += 1)}`);
        await until('a moment', () => new Promise<boolean>((resolve) => setImmediate(resolve, true)));
      }
    })();
    await until('the first words', async () => (await getLastSeq(day.eventId, 'viewers')) >= 4);
    await during();
    isOver = true;
    await speaking;
    for (const { keeper } of entered) await until('everybody to be back', () => keeper.isConnected, 40_000);
    for (const { keeper } of entered) await say(keeper, 'the last word');
    return everybodyHasAll();
  };

  it('tells every fact to every viewer on both, whoever said it and wherever', async () => {
    const [{ keeper: one }, { keeper: two }] = [await enter(0), await enter(1)];
    await say(one, 'from the first');
    await say(two, 'from the second');
    const whole = await everybodyHasAll();
    const texts = whole.flatMap(({ fact }) => (fact.name === 'chat:posted' ? [fact.message.text] : []));
    expect(texts).to.have.members(['from the first', 'from the second']);
  });

  it('counts the people of both, and gives the applause of one to the other', async () => {
    const [{ keeper: one }, { keeper: two }] = [await enter(0), await enter(1)];
    await until('both to be counted on both', () => one.counts.at(-1) === 2 && two.counts.at(-1) === 2);
    await one.send('reaction:send', { stageId: 'main', taps: { applause: 3 } });
    await until('the applause on the other', () => two.taps() === 3);
    await until('the applause on its own', () => one.taps() === 3);
    two.close();
    await until('one to be left', () => one.counts.at(-1) === 1);
  });

  it('lets a viewer who dropped from one resume on the other, exactly', async () => {
    const [{ keeper: one }, { keeper: two }] = [await enter(0), await enter(1)];
    await say(two, 'heard');
    await until('the first word', () => one.log.length > 0);
    one.drop();
    for (const word of ['missed', 'also missed']) await say(two, word);
    await until('the other process', () => one.isConnected);
    await everybodyHasAll();
  });

  it('shows a viewer out at once whose sign-in ended in the other', async () => {
    const { keeper, viewer } = await enter(1);
    const response = await fetch(`${products[0]!.url}/sign-out`, {
      method: 'POST',
      headers: { cookie: viewer.cookie, origin },
      redirect: 'manual',
    });
    expect(response.status).to.be.within(200, 399);
    await until('the viewer to be shown out', () => keeper.refused === 'not-signed-in', promptlyMs);
    keepers = keepers.filter((one) => one !== keeper);
  });

  for (const [index, which] of ['first', 'second'].entries())
    it(`loses nothing when the ${which} is killed in the middle and started again`, async () => {
      const port = Number(new URL(products[index]!.url).port);
      await speakWhile(async () => {
        await products[index]!.kill();
        await until('everybody on the other', () => keepers.every(({ isConnected }) => isConnected), 40_000);
        products[index] = await startWeb(port);
      });
      await bothUp();
    });

  it('loses nothing when Redis is killed in the middle, stays ready without it, and is quick again after', async () => {
    const whole = await speakWhile(async () => {
      const before = await getLastSeq(day.eventId, 'viewers');
      await redis.kill();
      await until(
        'Redis to be missed',
        async () => !(await isUp(products[0]!)) && !(await isUp(products[1]!)),
      );
      for (const { adminUrl } of products) expect((await fetch(`${adminUrl}/readyz`)).status).to.equal(200);
      await until(
        'more words without it',
        async () => (await getLastSeq(day.eventId, 'viewers')) > before + 4,
      );
      await redis.start();
      await bothUp();
    });
    expect(whole.length).to.be.greaterThan(8);
    for (const product of products) {
      expect(product.process.exitCode).to.equal(null);
      expect(product.output().match(/Redis is gone/g)).to.have.length(1);
    }
    const { keeper, viewer } = await enter(0);
    await fetch(`${products[1]!.url}/sign-out`, {
      method: 'POST',
      headers: { cookie: viewer.cookie, origin },
      redirect: 'manual',
    });
    await until('the viewer to be shown out', () => keeper.refused === 'not-signed-in', promptlyMs);
    keepers = keepers.filter((one) => one !== keeper);
  });
});
