import type { LiveQuestion } from '../../server/contracts/live-questions.ts';
import { LiveFactModel } from '../../server/live-log/live-fact.model.ts';
import { newId } from '../../server/platform/new-id.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { SpeakerModel } from '../../server/speakers/speaker.model.ts';
import { LiveRoomModel } from '../../server/live-rooms/live-room.model.ts';
import type { LiveAudience } from '../../server/contracts/live-facts.ts';
import {
  ask,
  connect,
  seedLiveDay,
  seedMember,
  seedSignIn,
  seedViewer,
  type LiveSocket,
} from '../live/live-day.ts';
import type { Product } from '../support/product.ts';

/** A live day with a moderator, a speaker of its second session and two viewers, each on a socket. */
export async function openQuestionDay(product: Product, settings: Record<string, unknown> = {}) {
  const now = product.clock.now();
  const day = await seedLiveDay(now);
  const { eventId, organiserId, sessionIds } = day;
  await LiveRoomModel.create([{ _id: eventId, organiserId, ...settings }]);
  const speakerId = newId();
  const speakerEmail = `${speakerId}@speakers.example`;
  await SpeakerModel.create([
    {
      _id: speakerId,
      organiserId,
      slug: `s-${speakerId.slice(0, 8)}`,
      name: 'Dr Imani Okafor',
      sortName: 'okafor imani',
      email: speakerEmail,
      createdAt: now,
    },
  ]);
  await SessionModel.updateOne({ _id: sessionIds[1] }, { $set: { speakerIds: [speakerId] } });
  const people = {
    moderator: (await seedMember(organiserId, now, 'moderator')).cookie,
    speaker: (await seedSignIn({ kind: 'attendee', email: speakerEmail }, now)).cookie,
    viewer: (await seedViewer(eventId, organiserId, now)).cookie,
    other: (await seedViewer(eventId, organiserId, now)).cookie,
    onlooker: (await seedMember(organiserId, now, 'viewer')).cookie,
    stranger: (await seedSignIn({ kind: 'attendee', email: `${newId()}@elsewhere.example` }, now)).cookie,
  };
  const sockets: LiveSocket[] = [];
  const open = async (cookie: string) => {
    const socket = await connect(product.url, cookie);
    sockets.push(socket);
    return socket;
  };
  return {
    ...day,
    now,
    speakerId,
    cookies: people,
    open,
    async openAll<K extends keyof typeof people>(...names: K[]): Promise<Record<K, LiveSocket>> {
      const opened = await Promise.all(names.map(async (name) => [name, await open(people[name])] as const));
      return Object.fromEntries(opened) as Record<K, LiveSocket>;
    },
    close: () => sockets.forEach((socket) => socket.disconnect()),
  };
}

export type QuestionDay = Awaited<ReturnType<typeof openQuestionDay>>;

export const questionOf = (eventId: string, given: Record<string, unknown> = {}) => ({
  eventId,
  stageId: 'main',
  sessionId: null,
  clientId: newId(),
  text: 'What does a heat pump cost in a listed building?',
  isAnonymous: false,
  ...given,
});

/** Asks, and gives the question as its author got it. */
export async function asked(socket: LiveSocket, eventId: string, given: Record<string, unknown> = {}) {
  const answer = await ask<{ question: LiveQuestion }>(socket, 'question:ask', questionOf(eventId, given));
  if (!answer.ok) throw new Error(answer.message);
  return answer.question;
}

/** The facts of one log, as stored. */
export async function factsOf(eventId: string, audience: LiveAudience) {
  const stored = await LiveFactModel.find({ eventId, audience }).sort({ seq: 1 }).lean();
  return stored.map(({ fact }) => fact as { name: string } & Record<string, unknown>);
}

export const codeOf = (answer: { ok: boolean; code?: string }) => (answer.ok ? 'ok' : answer.code);
