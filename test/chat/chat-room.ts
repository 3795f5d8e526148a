import type { ChatMessage } from '../../server/contracts/live-chat.ts';
import type { LiveAudience, LiveFact, NumberedFact } from '../../server/contracts/live-facts.ts';
import type { LiveSnapshot } from '../../server/contracts/live-snapshot.ts';
import type { MemberRole } from '../../server/contracts/actor.ts';
import { receiveFacts, startLog } from '../../client/islands/live-room/fact-log.ts';
import { LiveFactModel } from '../../server/live-log/live-fact.model.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { newId } from '../../server/platform/new-id.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { SpeakerModel } from '../../server/speakers/speaker.model.ts';
import {
  ask,
  connect,
  join,
  seedLiveDay,
  seedMember,
  seedSignIn,
  seedViewer,
  type LiveSocket,
} from '../live/live-day.ts';
import type { Product } from '../support/product.ts';

/** A live room with people in it, for tests of what they say and do. */
export async function openRoom(product: Product) {
  const now = product.clock.now();
  const day = await seedLiveDay(now);
  const { eventId, organiserId } = day;
  const sockets: LiveSocket[] = [];
  const open = async (cookie: string, audience: LiveAudience | null = 'viewers') => {
    const socket = await connect(product.url, cookie);
    sockets.push(socket);
    if (audience) await join(socket, eventId, null, audience);
    return socket;
  };
  return {
    ...day,
    open,
    async viewer(name = 'Rhian Beddoe', organisation = '') {
      const seeded = await seedViewer(eventId, organiserId, now);
      await RegistrationModel.updateOne({ _id: seeded.registrationId }, { $set: { name, organisation } });
      return { ...seeded, socket: await open(seeded.cookie) };
    },
    async member(role: MemberRole = 'moderator') {
      const seeded = await seedMember(organiserId, now, role);
      return { ...seeded, socket: await open(seeded.cookie, 'moderators') };
    },
    async speaker(name = 'Dr Aled Parry') {
      const email = `${newId()}@speakers.example`;
      const speakerId = newId();
      await SpeakerModel.create([
        { _id: speakerId, organiserId, slug: speakerId, sortName: name, name, email, createdAt: now },
      ]);
      await SessionModel.updateOne({ _id: day.sessionIds[1] }, { $set: { speakerIds: [speakerId] } });
      const signedIn = await seedSignIn({ kind: 'attendee', email }, now);
      return { ...signedIn, speakerId, socket: await open(signedIn.cookie, 'backstage') };
    },
    post: (socket: LiveSocket, text: string, more: object = {}) =>
      ask<{ message: ChatMessage }>(socket, 'chat:post', {
        eventId,
        channel: 'stage',
        stageId: 'main',
        clientId: newId(),
        text,
        replyToId: null,
        ...more,
      }),
    /** The message, or a failed test. */
    async posted(socket: LiveSocket, text: string, more: object = {}): Promise<ChatMessage> {
      const answer = await this.post(socket, text, more);
      if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
      return answer.message;
    },
    ask: <T extends object>(socket: LiveSocket, name: Parameters<typeof ask>[1], payload: object = {}) =>
      ask<T>(socket, name, { eventId, ...payload }),
    facts: async (audience: LiveAudience): Promise<LiveFact[]> =>
      (await LiveFactModel.find({ eventId, audience }).sort({ seq: 1 }).lean()).map(
        ({ fact }) => fact as LiveFact,
      ),
    participantOf: async (person: { registrationId?: string; memberId?: string; speakerId?: string }) => {
      const [[field, value] = ['', '']] = Object.entries(person);
      const found = await ParticipantModel.findOne({ eventId, [field]: value }).lean();
      if (!found) throw new Error('Nobody is here by that');
      return found;
    },
    /** What somebody sees who comes now, or who comes back with `lastSeq`. */
    async come(cookie: string, lastSeq: number | null = null, audience: LiveAudience = 'viewers') {
      const socket = await open(cookie, null);
      return join(socket, eventId, lastSeq, audience);
    },
    async sees(cookie: string, audience: LiveAudience = 'viewers'): Promise<LiveSnapshot> {
      const answer = await this.come(cookie, null, audience);
      if (!answer.ok || answer.kind !== 'snapshot') throw new Error('a snapshot was expected');
      return receiveFacts(startLog(answer.snapshot, answer.snapshotSeq), answer.facts).snapshot;
    },
    close: () => sockets.splice(0).forEach((socket) => socket.disconnect()),
  };
}
export type Room = Awaited<ReturnType<typeof openRoom>>;

/** Everything a socket is told from now on, in order. */
export function heardBy(socket: LiveSocket): NumberedFact[] {
  const heard: NumberedFact[] = [];
  socket.on('live:facts', ({ facts }) => void heard.push(...facts));
  return heard;
}
