import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { startRedis, type RedisServer } from '../../support/redis-server.ts';
import { freePort } from '../../support/product.ts';
import { until } from '../../support/until.ts';

interface Peer {
  readonly process: ChildProcess;
  readonly heard: string[];
  isUp: boolean;
  output: string;
}

describe('processes that reach each other through Redis', function () {
  this.timeout(60_000);
  let redis: RedisServer;
  const started: Peer[] = [];

  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    for (const { process } of started.splice(0)) {
      const ended = once(process, 'exit');
      if (process.exitCode === null && process.kill('SIGKILL')) await ended;
    }
    await redis.close();
  });

  const startPeer = (url: string, secret = 'ab'): Peer => {
    const child = fork(join(import.meta.dirname, '../../support/peer-process.ts'), [], {
      env: { ...process.env, REDIS_URL: url, SECRET_KEY: secret.repeat(32) },
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const peer: Peer = { process: child, heard: [], isUp: false, output: '' };
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (peer.output += chunk.toString()));
    child.on('message', (said: { heard?: string; isUp?: boolean }) => {
      if (said.heard !== undefined) peer.heard.push(said.heard);
      if (said.isUp !== undefined) peer.isUp = said.isUp;
    });
    started.push(peer);
    return peer;
  };
  const up = (...peers: Peer[]) =>
    until('Redis to be reached', () => peers.every(({ isUp }) => isUp), 30_000);
  /** Until it was told and heard: a message may be lost while somebody is still coming back. */
  const hears = (from: Peer, to: Peer, word: string) =>
    until(`"${word}" to be heard`, () => {
      from.process.send(word);
      return to.heard.includes(word);
    });

  it('hear what others tell, not what they tell themselves, nor another installation on the same Redis', async () => {
    const [one, two, stranger] = [startPeer(redis.url), startPeer(redis.url), startPeer(redis.url, 'cd')];
    await up(one, two, stranger);
    await hears(one, two, 'from one');
    await hears(two, one, 'from two');
    expect(one.heard).to.not.include('from one');
    expect(stranger.heard).to.deep.equal([]);
  });

  it('say once that Redis is gone, live on, and are in touch again when it is back', async () => {
    const [one, two] = [startPeer(redis.url), startPeer(redis.url)];
    await up(one, two);
    await redis.kill();
    await until('both to notice', () => !one.isUp && !two.isUp);
    for (let count = 0; count < 5_000; count += 1) one.process.send(`lost ${count}`);
    await until('some attempts to come back', () => !one.isUp, 3_000);
    await redis.start();
    await up(one, two);
    await hears(one, two, 'after');
    await hears(two, one, 'after');
    expect(one.output.match(/Redis is gone/g)).to.have.length(1);
    expect(one.process.exitCode).to.equal(null);
  });

  it('start without a Redis and find it later', async () => {
    await redis.kill();
    const [one, two] = [startPeer(redis.url), startPeer(redis.url)];
    await until('it to be missed', () => [one, two].every(({ output }) => output.includes('Redis is gone')));
    await redis.start();
    await up(one, two);
    await hears(one, two, 'found');
  });

  it('notice a Redis that has stopped answering, and find it again', async () => {
    const hole = await openBlackHole(redis.port);
    const [one, two] = [startPeer(hole.url), startPeer(redis.url)];
    await up(one, two);
    await hears(one, two, 'before');
    hole.swallow(true);
    await until('the silence to be noticed', () => !one.isUp, 20_000);
    expect(two.isUp).to.equal(true);
    hole.swallow(false);
    await up(one);
    await hears(one, two, 'after');
    await hears(two, one, 'after');
    hole.close();
  });
});

/** A way to Redis that can be told to swallow everything, while its connections stay open. */
async function openBlackHole(target: number) {
  const { connect } = await import('node:net');
  const port = await freePort();
  const sockets = new Set<Socket>();
  let swallows = false;
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => void (swallows || to.write(chunk)));
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${port}`,
    swallow: (on: boolean) => void (swallows = on),
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
