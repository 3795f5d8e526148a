// People who speak into the product's room as everybody does: connected, signed in, with their rates.
import { LiveClient } from './live-client.ts';
import type { StoredDay } from './stored-day.ts';

export interface Posters {
  /** One message; resolves when the product has stored it. */
  post(): Promise<void>;
  /** The answer to a join that has nothing: number and snapshot. */
  joinAnswer(): Promise<Record<string, unknown>>;
  connect(): Promise<void>;
  readonly says: string;
}

/** Rates of one person allow about one message in three seconds: a storm needs a crowd. */
const crowd = 240;

export async function openPosters(port: number, day: StoredDay): Promise<Posters> {
  const { eventId } = day;
  const clients: LiveClient[] = [];
  const people = [...day.directors, ...day.viewers.slice(-crowd).map(({ cookie }) => cookie)];
  const open = async () => {
    clients.splice(0).forEach((client) => client.drop());
    for (const cookie of people)
      clients.push(
        await new Promise<LiveClient>((resolve, reject) => {
          const options = {
            kind: 'socket.io',
            port,
            host: '127.0.0.1',
            eventId,
            joins: false,
            cookie,
          } as const;
          const client = new LiveClient(options, {
            joined: resolve,
            facts: () => undefined,
            closed: () => reject(new Error('A speaker was not let in')),
          });
          client.open();
        }),
      );
  };
  await open();
  let turn = 0;
  const say = async (n: number) => {
    const client = clients[day.directors.length + (n % crowd)];
    const text = `${n} `.padEnd(140, 'All of this is measured on our own roof. ');
    const message = { eventId, channel: 'stage', stageId: 'stage-0', text, replyToId: null };
    return client?.ask('chat:post', { ...message, clientId: `bench-${process.pid}-${n}` });
  };
  const revisions = new Map<number, number>();
  const move = async (n: number) => {
    const which = n % day.directors.length;
    const revision = revisions.get(which) ?? 1;
    const moves = ['go-live', 'pause', 'resume'] as const;
    const name = revision === 1 ? moves[0] : revision % 2 === 0 ? moves[1] : moves[2];
    revisions.set(which, revision + 1);
    const message = { eventId, sessionId: day.sessionIds[which], move: name, revision };
    return clients[which]?.ask('session:move', message);
  };
  const first = await say(turn++);
  const canSay = first?.ok === true;
  if (!canSay) console.log(`chat:post: ${String(first?.code)}; sessions are moved instead`);
  return {
    says: canSay ? 'chat messages' : 'moves of sessions',
    connect: open,
    async post() {
      const answer = await (canSay ? say : move)(turn++);
      if (!answer?.ok) throw new Error(`A message was refused: ${JSON.stringify(answer)}`);
    },
    async joinAnswer() {
      const message = { eventId, audience: 'viewers', lastSeq: null };
      return (await clients[0]?.ask('live:join', message)) ?? {};
    },
  };
}
