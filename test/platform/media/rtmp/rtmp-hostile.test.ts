import { expect } from 'chai';
import fc from 'fast-check';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import { guardAddresses } from '../../../../server/platform/media/rtmp/guard-addresses.ts';
import { listenRtmp, type RtmpListener } from '../../../../server/platform/media/rtmp/listen-rtmp.ts';
import type { RtmpLimits } from '../../../../server/platform/media/rtmp/rtmp-limits.ts';
import { openRtmpSession } from '../../../../server/platform/media/rtmp/rtmp-session.ts';
import { PublishFault } from '../../../../server/platform/media/flv/publish-fault.ts';
import { TestClock } from '../../../support/test-clock.ts';
import { until } from '../../../support/until.ts';
import { collectInputs, type Collected } from './collecting-admit.ts';
import { command, hello, message, openRawClient, publishing } from './rtmp-client.ts';

const configuration = Buffer.from('af001210', 'hex');
const sound = Buffer.from('af01010203', 'hex');

describe('RTMP with encoders that misbehave', () => {
  let listener: RtmpListener;
  let collected: Collected;
  let lines: string;

  const listenWith = async (limits: Partial<RtmpLimits>, admit = collected.admit) => {
    listener = await listenRtmp({
      port: 0,
      host: '127.0.0.1',
      admit,
      limits,
      logger: createLogger('info', { write: (line) => void (lines += line) }),
    });
  };
  const publishOne = async () => {
    const client = openRawClient(listener.port);
    client.send(Buffer.concat([hello(), publishing('right')]));
    await until('leave to publish', () => client.heard.includes('NetStream.Publish.Start'));
    return client;
  };
  const goesOn = async () => {
    const client = await publishOne();
    client.send(message(8, configuration));
    client.send(message(8, sound));
    await until('a unit', () => collected.units.length > 0);
    client.connection.destroy();
  };

  beforeEach(() => {
    collected = collectInputs();
    lines = '';
  });
  afterEach(() => listener.stop());

  it('lets a client in that sends one byte at a time', async () => {
    await listenWith({});
    const client = openRawClient(listener.port);
    const all = Buffer.concat([hello(), publishing('right'), message(8, configuration), message(8, sound)]);
    client.send(all.subarray(0, 3_000));
    for (const byte of all.subarray(3_000)) client.send(Buffer.of(byte));
    await until('a unit', () => collected.units.length > 0);
    client.send(command('deleteStream', 6, null, 1));
    await until('goodbye', () => collected.closed.includes('finished'));
    client.connection.destroy();
  });

  it('calls a line that breaks lost, and a second goodbye changes nothing', async () => {
    await listenWith({});
    const client = await publishOne();
    client.connection.destroy();
    await until('the loss', () => collected.closed.length > 0);
    expect(collected.closed).to.deep.equal(['lost']);
    const polite = await publishOne();
    polite.send(
      Buffer.concat([command('FCUnpublish', 6, null, 'right'), command('deleteStream', 7, null, 1)]),
    );
    await until('goodbye', () => collected.closed.length > 1);
    polite.connection.destroy();
    await goesOn();
    expect(collected.closed.slice(0, 2)).to.deep.equal(['lost', 'finished']);
  });

  it('answers a ping, acknowledges what it was asked to, and forgets commands it does not know', async () => {
    await listenWith({});
    const client = await publishOne();
    client.send(message(4, Buffer.from('000600000539', 'hex')));
    await until('a pong', () => client.heard.includes('\x00\x07\x00\x00\x05\x39'));
    client.send(Buffer.concat([message(5, Buffer.from('00000001', 'hex')), command('_checkbw', 9, null)]));
    const heardBefore = client.heard.length;
    client.send(message(8, Buffer.alloc(80_000, 0xaf)));
    await until('an acknowledgement', () => client.heard.length > heardBefore);
    expect(client.isClosed).to.equal(false);
    client.connection.destroy();
  });

  it('cuts who is slow to shake hands, to publish, or goes silent', async () => {
    await listenWith({ handshakeMs: 60, publishMs: 60, idleMs: 150 });
    const truncated = openRawClient(listener.port);
    truncated.send(hello().subarray(0, 2_000));
    const shaken = openRawClient(listener.port);
    shaken.send(hello());
    const silent = await publishOne();
    await until('all cut', () => truncated.isClosed && shaken.isClosed && silent.isClosed);
    expect(lines).to.contain('handshake took too long').and.contain('Nothing was published in time');
    expect(lines).to.contain('Nothing came any more').and.not.contain('127.0.0.1').and.not.contain('right');
  });

  it('says what it missed to a client that wants to watch, has no key or publishes twice', async () => {
    await listenWith({});
    const connected = () => command('connect', 1, { app: 'live' });
    for (const [bytes, words] of [
      [command('play', 2, null, 'right'), 'Nothing can be watched'],
      [command('publish', 2, null, ' ?x', 'live'), 'stream key is missing'],
      [connected(), 'Connected twice'],
    ] as const) {
      const client = openRawClient(listener.port);
      client.send(Buffer.concat([hello(), connected(), bytes]));
      await until(words, () => client.isClosed);
      expect(client.heard).to.contain(words);
    }
    await goesOn();
  });

  it('turns away more strangers of one address than wait at a time, and lets in again when they leave', async () => {
    await listenWith({ maxWaitingPerAddress: 3 });
    const strangers = [1, 2, 3].map(() => openRawClient(listener.port));
    for (const stranger of strangers) stranger.send(hello());
    await until('answers', () => strangers.every(({ heard }) => heard.length > 3_000));
    const fourth = openRawClient(listener.port);
    await until('the fourth to be cut', () => fourth.isClosed);
    for (const { connection } of strangers) connection.destroy();
    const later = await until('room', async () => {
      const client = openRawClient(listener.port);
      client.send(hello());
      await until('an answer', () => client.isClosed || client.heard.length > 3_000);
      return client.isClosed ? null : client;
    });
    later.connection.destroy();
  });

  it('survives an admission that throws, never answers, or answers when the encoder has gone', async () => {
    await listenWith({}, () => Promise.reject(new Error('secret-of-ours')));
    const client = openRawClient(listener.port);
    client.send(Buffer.concat([hello(), publishing('right')]));
    await until('an end', () => client.isClosed);
    expect(client.heard).to.contain('cannot check the stream key just now').and.not.contain('secret-of-ours');
    await listener.stop();

    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    await listenWith({ admitMs: 50 }, (publisher) => asked.then(() => collected.admit(publisher)));
    const waiting = openRawClient(listener.port);
    waiting.send(Buffer.concat([hello(), publishing('right')]));
    await until('an end', () => waiting.isClosed);
    answer();
    await until('the late input to be closed', () => collected.closed.length > 0);
    expect(collected.closed).to.deep.equal(['lost']);
  });

  it('goes on for others when a sink has a fault of ours', async () => {
    await listenWith({}, async (publisher) => {
      const answer = await collected.admit(publisher);
      if (answer.ok && collected.publishers.length === 1)
        answer.input.track = () => {
          throw new TypeError('a mistake');
        };
      return answer;
    });
    const client = await publishOne();
    client.send(message(8, configuration));
    await until('an end', () => client.isClosed);
    expect(lines).to.contain('A fault of ours');
    await goesOn();
  });

  it('takes thousands of broken conversations, each ending in a fault or in nothing', () => {
    const whole = Buffer.concat([
      ...[hello(), publishing('right'), message(8, configuration), message(8, sound)],
      command('deleteStream', 6, null, 1),
    ]);
    const change = fc.record({
      at: fc.integer({ min: 3_070, max: whole.length - 1 }),
      to: fc.nat({ max: 255 }),
    });
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.nat({ max: 4_000 }),
        (changes, cut) => {
          const bytes = Buffer.from(whole);
          for (const { at, to } of changes) bytes[at] = to;
          const session = openRtmpSession({
            ...{ maxMessageBytes: 100_000, send: () => undefined, onHandshake: () => undefined },
            ...{ onTag: () => undefined, onUnpublish: () => undefined, onPublish: () => session.accept() },
          });
          try {
            session.push(bytes.subarray(0, cut));
            session.push(bytes.subarray(cut));
          } catch (error) {
            if (!(error instanceof PublishFault)) throw error;
          }
        },
      ),
      { seed: 1_935, numRuns: 3_000 },
    );
    return listenWith({});
  });

  it('still listens after a hundred connections of random bytes', async () => {
    await listenWith({ maxWaitingPerAddress: 1_000 });
    const random = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 400 }), { seed: 6, numRuns: 100 });
    const clients = random.map((bytes, at) => {
      const client = openRawClient(listener.port);
      client.send(at % 2 ? Buffer.from(bytes) : Buffer.concat([hello(), Buffer.from(bytes)]));
      client.connection.end();
      return client;
    });
    await until('all cut', () => clients.every(({ isClosed }) => isClosed));
    await goesOn();
  });
});

describe('Addresses that try keys', () => {
  it('wait longer after each wrong key, up to eight seconds, until it is forgotten', () => {
    const clock = new TestClock('2026-05-04T10:00:00Z');
    const guard = guardAddresses(10, clock);
    const delays = Array.from({ length: 12 }, () => {
      guard.failed('2001:db8:1:2::7');
      return guard.delayOf('2001:db8:1:2:ffff::9');
    });
    expect(delays.slice(0, 5)).to.deep.equal([0, 0, 250, 500, 1_000]);
    expect(delays.at(-1)).to.equal(8_000);
    expect(guard.delayOf('198.51.100.7')).to.equal(0);
    clock.advance({ minutes: 11 });
    expect(guard.delayOf('2001:db8:1:2::7')).to.equal(0);
  });
});
