import type { LiveLogs } from '../live-log/follow-live-logs.ts';
import { logKey, readLogKey } from '../live-log/live-log.rules.ts';
import { newId } from '../platform/new-id.ts';
import { onPeerMessage, tellPeers } from '../platform/realtime/peer-bus.ts';
import type { Realtime } from '../platform/realtime/start-realtime.ts';
import { shouldTellCount, tellEveryMs, type ToldCount } from './viewer-count.rules.ts';

/** A little over the interval that counts may be told in, which timers of one second would sometimes miss. */
const lookEveryMs = 1_050;
const repeatMs = 5_000;
/** A process that was killed takes nobody along for longer than this. */
const forgetMs = 16_000;
const audiences = ['viewers', 'moderators', 'backstage'] as const;

interface Room {
  own: number;
  countedAt: number;
  ownToldAt: number;
  told: ToldCount | null;
  readonly peers: Map<string, { count: number; at: number }>;
}

/**
 * Tells each room how many people watch, in all processes together: at most once a second, only when it changed, and
 * only to who has nothing else to read. Nobody hears of a single person who comes or goes.
 */
export function countViewers(
  realtime: Pick<Realtime, 'broadcast' | 'peopleIn'>,
  logs: Pick<LiveLogs, 'keys'>,
): { stop(): void } {
  const process = newId();
  const rooms = new Map<string, Room>();
  const roomOf = (eventId: string): Room => {
    let room = rooms.get(eventId);
    if (!room) rooms.set(eventId, (room = emptyRoom()));
    return room;
  };

  const look = () => {
    const now = performance.now();
    const here = new Set(logs.keys().map((key) => readLogKey(key).eventId));
    for (const eventId of here) roomOf(eventId);
    for (const [eventId, room] of rooms) {
      for (const [peer, { at }] of room.peers) if (now - at > forgetMs) room.peers.delete(peer);
      count(eventId, room, now);
      if (here.has(eventId)) tell(eventId, room, now);
      else if (room.own === 0 && room.peers.size === 0) rooms.delete(eventId);
    }
  };
  const count = (eventId: string, room: Room, now: number) => {
    if (now - room.countedAt < tellEveryMs(room.own)) return;
    room.countedAt = now;
    const own = realtime.peopleIn(logKey(eventId, 'viewers'));
    if (own === room.own && (own === 0 || now - room.ownToldAt < repeatMs)) return;
    room.own = own;
    room.ownToldAt = now;
    tellPeers('viewers:counted', { process, eventId, count: own });
  };
  const tell = (eventId: string, room: Room, now: number) => {
    let total = room.own;
    for (const peer of room.peers.values()) total += peer.count;
    if (!shouldTellCount(total, room.told, now)) return;
    room.told = { count: total, at: now };
    for (const audience of audiences)
      realtime.broadcast(logKey(eventId, audience), 'live:viewers', { eventId, count: total }, 'may-drop');
  };

  const stopHearing = onPeerMessage('viewers:counted', ({ process: peer, eventId, count: theirs }) => {
    if (theirs > 0) roomOf(eventId).peers.set(peer, { count: theirs, at: performance.now() });
    else rooms.get(eventId)?.peers.delete(peer);
  });
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      stopHearing();
      for (const [eventId, { own }] of rooms)
        if (own > 0) tellPeers('viewers:counted', { process, eventId, count: 0 });
    },
  };
}

const emptyRoom = (): Room => ({
  own: 0,
  countedAt: -Infinity,
  ownToldAt: -Infinity,
  told: null,
  peers: new Map(),
});
