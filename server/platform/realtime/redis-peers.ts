import { createAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';
import type { PeerEnvelope } from './peer-bus.ts';

const connectMs = 3_000;
/** A Redis that says nothing for this long is gone, though its connection may look open for minutes. */
const answerMs = 3_000;
const askEveryMs = 2_000;
/** What waits for a Redis that has stopped reading; what comes on top is dropped. */
const mostCommands = 2_000;
const streamLength = 1_000;

type Client = ReturnType<typeof openClient>;

export interface RedisPeers {
  tell(envelope: PeerEnvelope): void;
  /** Resolves once Redis cannot be reached any more; what was opened is closed then. */
  readonly lost: Promise<void>;
  close(): void;
}

/**
 * Joins the other processes at one Redis, through Socket.IO's Redis Streams adapter on a Socket.IO server that no
 * browser ever reaches: each process follows the stored log and sends to its own sockets, so a broadcast must not go
 * this way. Connections are never mended: when one of them fails all are closed and opened anew.
 * @throws when Redis cannot be reached now
 */
export async function openRedisPeers(
  url: string,
  name: string,
  hear: (envelope: unknown) => void,
): Promise<RedisPeers> {
  const clients = [openClient(url), openClient(url), openClient(url)] as const;
  let isOpen = true;
  let leave: () => void = () => undefined;
  let end!: () => void;
  const lost = new Promise<void>((resolve) => (end = resolve));
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    clearInterval(timer);
    leave();
    for (const client of clients) client.destroy();
    end();
  };
  const timer = setInterval(() => {
    // The reader is not asked: it waits in Redis for seconds by design.
    for (const client of clients.slice(0, 2))
      void answersInTime(client).then((answers) => (answers ? undefined : close()));
  }, askEveryMs);
  timer.unref();
  for (const client of clients) client.on('error', close);
  try {
    await Promise.all(clients.map((client) => client.connect()));
  } catch (error) {
    close();
    throw error;
  }

  const [publisher, subscriber, reader] = clients;
  const adapter = createAdapter(asAdapterExpects(publisher, [subscriber, reader], close), {
    streamName: `${name}:stream`,
    channelPrefix: name,
    maxLen: streamLength,
    onlyPlaintext: true,
  });
  const io = new Server({ adapter, serveClient: false });
  // Typed by name elsewhere: whatever comes is checked by who hears it.
  const peers = io.of('/');
  peers.on('peer' as 'connection', hear);
  leave = () => void peers.adapter.close();
  return {
    tell: (envelope) => void (isOpen && peers.serverSideEmit('peer', envelope)),
    lost,
    close,
  };
}

function openClient(url: string) {
  return createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    commandsQueueMaxLength: mostCommands,
    socket: { connectTimeout: connectMs, reconnectStrategy: false },
  });
}

async function answersInTime(client: Client): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, answerMs, false)));
  const answer = client.ping().then(
    () => true,
    () => false,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/**
 * The adapter waits for none of its commands and catches none of their failures, which would end the process, and it
 * reads again at once after a failed read, for ever. So it gets these few commands, which never fail.
 */
function asAdapterExpects(publisher: Client, others: Client[], onFailure: () => void) {
  const never = new Promise<never>(() => undefined);
  // By this the adapter knows the package that a client is from.
  const sSubscribe = () => undefined;
  const given = (client: Client) => ({
    sSubscribe,
    on: () => undefined,
    connect: () => Promise.resolve(),
    disconnect: () => undefined,
    xRead: (...parts: Parameters<Client['xRead']>) =>
      client.xRead(...parts).catch(() => {
        onFailure();
        return never;
      }),
    subscribe: (...parts: Parameters<Client['subscribe']>) => client.subscribe(...parts).catch(onFailure),
  });
  return {
    sSubscribe,
    duplicate: () => given(others.pop() ?? publisher),
    publish: (...parts: Parameters<Client['publish']>) =>
      publisher.publish(...parts).then(
        () => undefined,
        () => undefined,
      ),
  };
}
