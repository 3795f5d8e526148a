import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import mongoose from 'mongoose';

import { liveAudience } from '../../server/contracts/live-facts.ts';
import type { LiveMessageName } from '../../server/contracts/live-messages.ts';
import { appendFacts } from '../../server/live-log/append-facts.ts';
import { startLive } from '../../server/live/start-live.ts';
import type { Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import {
  ask,
  connect,
  join,
  seedLiveDay,
  seedMember,
  seedSpeaker,
  seedViewer,
  type LiveSocket,
} from './live-day.ts';
import { idsOfNothing, messageExamples, type ExampleIds } from './message-examples.ts';

const plenty = { burst: 100_000, perSecond: 100_000 };

/** Live rooms beside the product's own, without limits of all messages: what is asked here is who may, not how often. */
export async function openRoomsWithoutLimits(product: Product) {
  const server = createServer();
  const live = startLive(server, product.deps, {
    messagesPerSocket: plenty,
    messagesPerPerson: plenty,
    socketsPerPerson: 1_000,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    open: (cookie: string) => connect(url, cookie, { origin: product.url }),
    async close() {
      await live.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Rooms = Awaited<ReturnType<typeof openRoomsWithoutLimits>>;

export interface Day {
  readonly organiserId: string;
  readonly ids: ExampleIds;
  readonly author: { cookie: string; registrationId: string; signInId: string };
}

interface Said {
  readonly message?: { readonly id: string };
  readonly question?: { readonly id: string };
  readonly announcement?: { readonly id: string };
  readonly pollId?: string;
  readonly participantId?: string;
}

/** A day with one of everything that messages name: said by a viewer and by its organiser, as they would. */
export async function openDay(product: Product, rooms: Rooms): Promise<Day> {
  const now = product.clock.now();
  const { eventId, organiserId, sessionIds } = await seedLiveDay(now);
  const speaker = await seedSpeaker(organiserId, sessionIds[0], now);
  const author = await seedViewer(eventId, organiserId, now);
  const organiser = await seedMember(organiserId, now);
  const [viewer, director] = [await rooms.open(author.cookie), await rooms.open(organiser.cookie)];
  const examples = messageExamples(idsOfNothing(eventId));
  const say = async (socket: LiveSocket, name: LiveMessageName, payload: object): Promise<Said> => {
    const answer = await ask<Said>(socket, name, payload);
    return answer.ok ? answer : {};
  };
  const post = { ...examples['chat:post'], replyToId: null };
  const question = { ...examples['question:ask'], sessionId: null };
  const { message } = await say(viewer, 'chat:post', post);
  const first = await say(viewer, 'question:ask', question);
  const second = await say(director, 'question:ask', { ...question, clientId: 'example-second' });
  const { announcement } = await say(director, 'announcement:make', examples['announcement:make']);
  const poll = await say(director, 'poll:save', { ...examples['poll:save'], pollId: null, revision: 0 });
  const me = await say(viewer, 'mine:read', { eventId });
  const moderators = await join(director, eventId, null, 'moderators');
  const polls = moderators.ok && moderators.kind === 'snapshot' ? moderators.snapshot.polls : [];
  viewer.disconnect();
  director.disconnect();
  const nothing = idsOfNothing(eventId);
  return {
    organiserId,
    author,
    ids: {
      eventId,
      sessionId: sessionIds[0],
      messageId: message?.id ?? nothing.messageId,
      questionId: first.question?.id ?? nothing.questionId,
      otherQuestionId: second.question?.id ?? nothing.otherQuestionId,
      announcementId: announcement?.id ?? nothing.announcementId,
      pollId: poll.pollId ?? nothing.pollId,
      optionId: polls[0]?.options[0]?.id ?? nothing.optionId,
      participantId: me.participantId ?? nothing.participantId,
      speakerId: speaker.speakerId,
    },
  };
}

/** Everything that is stored, as one word for each collection. When somebody was last seen, or a request came, is no part of it. */
export async function storedState(): Promise<Record<string, string>> {
  const db = mongoose.connection.db;
  if (!db) throw new Error('No database');
  const state: Record<string, string> = {};
  const collections = await db.listCollections().toArray();
  for (const { name } of collections.sort((a, b) => a.name.localeCompare(b.name))) {
    if (name === 'sign-ins' || name === 'signIns' || name === 'leases') continue;
    const documents = await db.collection(name).find({}).sort({ _id: 1 }).toArray();
    if (documents.length === 0) continue;
    const hash = createHash('sha256');
    for (const document of documents) hash.update(JSON.stringify({ ...document, lastSeenAt: null }));
    state[name] = `${documents.length} ${hash.digest('hex').slice(0, 12)}`;
  }
  return state;
}

/** Listens to every audience of a day, and tells what it heard. */
export async function listenTo(day: Day, product: Product, rooms: Rooms) {
  const { eventId } = day.ids;
  const now = product.clock.now();
  const viewer = await rooms.open((await seedViewer(eventId, day.organiserId, now)).cookie);
  const member = await rooms.open((await seedMember(day.organiserId, now)).cookie);
  const heard: string[] = [];
  const listen = async (socket: LiveSocket, audience: 'viewers' | 'moderators' | 'backstage') => {
    socket.on('live:facts', (push) => {
      if (push.audience === audience) heard.push(...push.facts.map(({ fact }) => `${audience} ${fact.name}`));
    });
    socket.on('live:reactions', () => heard.push(`${audience} reactions`));
    const answer = await join(socket, eventId, null, audience);
    if (!answer.ok) throw new Error(answer.message);
  };
  await listen(viewer, 'viewers');
  await listen(member, 'moderators');
  await listen(member, 'backstage');
  return {
    /** What was heard up to now: a mark goes through the same logs, so nothing that came before it is missed. */
    async heard(): Promise<string[]> {
      const mark = { name: 'announcement:withdrawn', announcementId: 'mark' } as const;
      await product.deps.transaction(() => appendFacts(eventId, liveAudience.options, [mark], now));
      const isMark = (words: string) => words.endsWith(mark.name);
      await until('the mark in every log', () => heard.filter(isMark).length >= liveAudience.options.length);
      return heard.filter((words) => !isMark(words));
    },
    stop: () => [viewer, member].forEach((socket) => socket.disconnect()),
  };
}

/** Sends one message and says how it was answered: "ok", or the code of the refusal. */
export async function codeOf(socket: LiveSocket, name: LiveMessageName, payload: unknown): Promise<string> {
  if (!socket.connected) return 'cut off';
  const answer = await ask<object>(socket, name, payload);
  return answer.ok ? 'ok' : answer.code;
}
