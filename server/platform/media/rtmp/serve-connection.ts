import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../../logging/create-logger.ts';
import { PublishFault } from '../flv/publish-fault.ts';
import { readMediaTags } from '../flv/read-media-tags.ts';
import type { Admit, OpenInput, PublishAnswer } from '../publishing.ts';
import type { AddressGuard } from './guard-addresses.ts';
import type { RtmpLimits } from './rtmp-limits.ts';
import { openRtmpSession, type RefusalCode } from './rtmp-session.ts';

/** What an encoder that reads nothing may leave unsent. */
const maxUnsentBytes = 256 * 1024;
/** For the last sentence to arrive before the line is cut. */
const lingerMs = 2_000;

const unavailable: PublishAnswer = {
  ok: false,
  reason: 'unavailable',
  message: 'The server cannot check the stream key just now. Try again in a minute.',
};

export interface ConnectionOptions {
  readonly admit: Admit;
  readonly guard: AddressGuard;
  readonly limits: RtmpLimits;
  /** Of this connection; it holds no address and no key. */
  readonly logger: Logger;
}

/** Serves one encoder. Whatever it sends closes this connection at worst. */
export function serveConnection(
  connection: Socket,
  { admit, guard, limits, logger }: ConnectionOptions,
): { close(why: string): void } {
  const address = connection.remoteAddress ?? '';
  let input: OpenInput | null = null;
  let takeTag: ReturnType<typeof readMediaTags> | null = null;
  let isOver = false;
  let isWaiting = true;
  let deadline: NodeJS.Timeout | undefined;

  const within = (ms: number, why: string) => {
    clearTimeout(deadline);
    deadline = setTimeout(() => end(why), ms);
  };
  const letGo = (how: 'finished' | 'lost') => {
    const open = input;
    input = takeTag = null;
    open?.close(how);
  };
  const noLongerWaiting = () => {
    if (isWaiting) guard.leave(address);
    isWaiting = false;
  };

  /** Once only. The encoder is told, then the line is cut. */
  const end = (why: string, { code, how = 'lost' }: EndOptions = {}) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(deadline);
    noLongerWaiting();
    logger.info({ why }, 'RTMP connection ended');
    if (code) session.refuse(code, why);
    connection.resume();
    connection.end();
    setTimeout(() => connection.destroy(), lingerMs).unref();
    letGo(how);
  };

  const ask = async (key: string): Promise<PublishAnswer> => {
    await wait(guard.delayOf(address));
    if (isOver) return unavailable;
    const publisher = {
      kind: 'rtmp' as const,
      credential: key,
      address,
      cut: (why: string) => end(why, { code: 'NetStream.Publish.Denied' }),
    };
    const answered = admit(publisher);
    const answer = await Promise.race([answered, wait(limits.admitMs, null, { ref: false })]);
    if (answer) return answer;
    // Too late to be used: what it opened must not stay open.
    answered.then((late) => late.ok && late.input.close('lost')).catch(() => undefined);
    return unavailable;
  };

  const publish = async (key: string) => {
    clearTimeout(deadline);
    // Nothing more is read until it is known whether it may come.
    connection.pause();
    const answer = await ask(key).catch((err: unknown) => {
      logger.error({ err }, 'A stream key could not be checked');
      return unavailable;
    });
    if (isOver) return answer.ok ? answer.input.close('lost') : undefined;
    if (!answer.ok) {
      if (answer.reason === 'refused') guard.failed(address);
      const code = answer.reason === 'busy' ? 'NetStream.Publish.BadName' : 'NetStream.Publish.Denied';
      return end(answer.message, { code });
    }
    noLongerWaiting();
    input = answer.input;
    takeTag = readMediaTags(answer.input);
    logger.info('RTMP publishing began');
    guarded(() => session.accept());
    connection.resume();
  };

  const session = openRtmpSession({
    maxMessageBytes: limits.maxMessageBytes,
    send(bytes) {
      connection.write(bytes);
      if (connection.writableLength > maxUnsentBytes) end('The encoder reads nothing');
    },
    onHandshake: () => within(limits.publishMs, 'Nothing was published in time'),
    onPublish: (key) => void publish(key),
    onTag: (tag) => takeTag?.(tag),
    onUnpublish() {
      letGo('finished');
      within(limits.publishMs, 'The encoder finished');
    },
  });

  /** Nothing thrown for what an encoder sent, be it our own mistake, leaves this connection. */
  const guarded = (act: () => void) => {
    try {
      act();
    } catch (err) {
      if (err instanceof PublishFault)
        return end(err.message, { code: 'NetStream.Publish.Rejected', how: 'finished' });
      logger.error({ err }, 'A fault of ours while reading RTMP');
      end('What was sent could not be read.', { code: 'NetStream.Publish.Rejected' });
    }
  };

  connection.setNoDelay(true);
  connection.setTimeout(limits.idleMs, () => end('Nothing came any more'));
  connection.on('data', (piece: Buffer) => {
    if (!isOver) guarded(() => session.push(piece));
  });
  connection.on('end', () => end('The encoder went away'));
  connection.on('error', () => end('The line broke'));
  connection.on('close', () => end('The line was closed'));
  within(limits.handshakeMs, 'The handshake took too long');

  return { close: (why) => end(why, { code: 'NetStream.Publish.Denied' }) };
}

interface EndOptions {
  readonly code?: RefusalCode;
  readonly how?: 'lost' | 'finished';
}
