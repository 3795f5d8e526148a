import type { RoomReaction } from '../contracts/live-room-settings.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { logKey } from '../live-log/live-log.rules.ts';
import { getLiveRoomSettings } from '../live-rooms/live-room.queries.ts';
import { silencedUntil } from '../participants/participant.rules.ts';
import { inRoom } from '../participants/serve-in-room.ts';
import type { ServedMessage } from '../platform/realtime/live-message.ts';
import { onPeerMessage, tellPeers } from '../platform/realtime/peer-bus.ts';
import type { Realtime } from '../platform/realtime/start-realtime.ts';

type Taps = Partial<Record<RoomReaction, number>>;
type Reacted = { readonly eventId: string; readonly stageId: string | null };

/** However many tap, a room hears of them once a second. */
const gatherMs = 1_000;

/**
 * Taps, gathered and given on once a second; they may be dropped. Other processes are told this one's sum, and their
 * sums go into the next push here, so that however many processes there are a room hears one.
 */
export function reactionMessages(
  realtime: Pick<Realtime, 'broadcast'>,
  deps: Deps,
): { readonly messages: ServedMessage[]; stop(): void } {
  const show = gatherTaps((reacted, taps) => {
    const push = { ...reacted, taps };
    for (const audience of ['viewers', 'moderators'] as const)
      realtime.broadcast(logKey(reacted.eventId, audience), 'live:reactions', push, 'may-drop');
  });
  const pass = gatherTaps((reacted, taps) => tellPeers('reactions:tapped', { ...reacted, taps }));
  const stop = onPeerMessage('reactions:tapped', ({ taps, ...reacted }) => show(reacted, taps));
  const messages = [
    inRoom('reaction:send', deps, async ({ eventId, stageId, taps }, { event, me }) => {
      if (stageId !== null && !event.stages.some(({ id }) => id === stageId)) throw notFound('that stage');
      if (silencedUntil(me, deps.clock.now()))
        throw new AppError('forbidden', 'A moderator has asked you to pause. You can still watch.');
      const { room } = await getLiveRoomSettings(eventId);
      if (!room.areReactionsOn) throw new AppError('conflict', 'Reactions are off just now.');
      show({ eventId, stageId }, taps);
      pass({ eventId, stageId }, taps);
      return {};
    }),
  ];
  return { messages, stop };
}

/** Adds up what comes within one interval, for each stage; an interval without taps sends nothing. */
function gatherTaps(send: (reacted: Reacted, taps: Taps) => void): (reacted: Reacted, taps: Taps) => void {
  const sums = new Map<string, Taps>();
  return (reacted, taps) => {
    if (Object.keys(taps).length === 0) return;
    const key = `${reacted.eventId}:${reacted.stageId ?? ''}`;
    const known = sums.get(key);
    const sum = known ?? {};
    for (const [kind, count] of Object.entries(taps) as [RoomReaction, number][])
      sum[kind] = (sum[kind] ?? 0) + count;
    if (known) return;
    sums.set(key, sum);
    setTimeout(() => {
      sums.delete(key);
      send(reacted, sum);
    }, gatherMs).unref();
  };
}
