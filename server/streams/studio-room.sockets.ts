import type { LivePush } from '../contracts/live-events.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { StudioRoom } from '../contracts/studio-room.ts';
import type { Deps } from '../deps.ts';
import { requireStage } from '../live-rooms/stage.rules.ts';
import { roleMay } from '../organisers/permission.rules.ts';
import { enterLiveRoom, type InRoom } from '../participants/enter-live-room.ts';
import { inRoom } from '../participants/serve-in-room.ts';
import { iceServers } from '../platform/media/ice-servers.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';
import { onPeerMessage, tellPeers } from '../platform/realtime/peer-bus.ts';
import type { Realtime } from '../platform/realtime/start-realtime.ts';
import { changeStudioRoom } from './change-studio-room.ts';
import { findStageOfSpeaker, listStudioSeats } from './studio-room.queries.ts';
import { keyOfStudio, maySignal, refusedSeat, type StudioPlace } from './studio-room.rules.ts';

/** The backstage room: who is there, and what host and guest tell each other to connect. */
export function studioRoomMessages(
  realtime: Pick<Realtime, 'broadcast'>,
  deps: Deps,
): { readonly messages: ServedMessage[]; stop(): void } {
  const showRoom = (push: LivePush<'studio:changed'>) =>
    realtime.broadcast(everybodyIn(push), 'studio:changed', push);
  const showSignal = (push: LivePush<'studio:signalled'>) =>
    realtime.broadcast(pageOf(push, push.toPeerId), 'studio:signalled', push);
  const stopHearing = [
    onPeerMessage('studio:changed', showRoom),
    onPeerMessage('studio:signalled', showSignal),
  ];
  const tellRoom = ({ eventId, stageId }: StudioPlace, room: StudioRoom) => {
    showRoom({ eventId, stageId, room });
    tellPeers('studio:changed', { eventId, stageId, room });
  };

  const messages = [
    inRoom('studio:enter', deps, async ({ eventId, stageId, peerId, role, isNew }, room, seat) => {
      const place = { eventId, stageId };
      await requireStudioRight(room, stageId, role);
      const { _id: participantId, name } = room.me;
      const act = { kind: 'enter', peerId, participantId, role, name, isNew } as const;
      const changed = await changeStudioRoom(place, act, deps);
      if (!changed.ok) throw new AppError('conflict', refusedSeat[changed.reason]);
      const stillMay = async (who: Parameters<typeof enterLiveRoom>[0]) =>
        requireStudioRight(
          await enterLiveRoom(who, { eventId, permission: 'studio:enter' }, deps),
          stageId,
          role,
        );
      await seat.enter(everybodyIn(place), stillMay);
      // Not asked for this one too: somebody may come with a page after the other, and leave none.
      await seat.enter(pageOf(place, peerId), () => Promise.resolve());
      if (changed.isNews) tellRoom(place, changed.room);
      const servers = iceServers(deps.config.media.ice, participantId, deps.clock.now());
      return { room: changed.room, iceServers: servers };
    }),
    inRoom('studio:leave', deps, async ({ eventId, stageId, peerId }, { event, me }, seat) => {
      requireStage(event, stageId);
      const place = { eventId, stageId };
      const act = { kind: 'leave', peerId, participantId: me._id } as const;
      const changed = await changeStudioRoom(place, act, deps);
      if (!changed.ok) throw notFound('that place');
      await seat.leave(pageOf(place, peerId));
      await seat.leave(everybodyIn(place));
      if (changed.isNews) tellRoom(place, changed.room);
      return {};
    }),
    inRoom('studio:signal', deps, async ({ eventId, stageId, peerId, toPeerId, signal }, { event, me }) => {
      requireStage(event, stageId);
      const place = { eventId, stageId };
      const seats = await listStudioSeats(place, deps.clock.now());
      if (!maySignal(seats, { peerId, toPeerId, participantId: me._id })) throw notFound('that place');
      const push = { ...place, fromPeerId: peerId, toPeerId, signal };
      showSignal(push);
      tellPeers('studio:signalled', push);
      return {};
    }),
  ];
  return { messages, stop: () => stopHearing.forEach((stop) => stop()) };
}

const everybodyIn = (place: StudioPlace) => `studio:${keyOfStudio(place)}`;
const pageOf = (place: StudioPlace, peerId: string) => `studio:${keyOfStudio(place)}:${peerId}`;

/** A speaker is a guest on the stage of their own session; who composes may set up the stage's stream too. */
async function requireStudioRight(
  { event, right }: InRoom,
  stageId: string | null,
  role: 'host' | 'guest',
): Promise<void> {
  requireStage(event, stageId);
  if (role === 'host' && !roleMay(right.role, 'stream:edit'))
    throw new AppError('forbidden', 'Only organisers compose what goes on air.');
  if (right.speakerId && !(await findStageOfSpeaker(event, right.speakerId, stageId)))
    throw notFound('that stage');
}
