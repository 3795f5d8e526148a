import {
  liveMessages,
  type LiveAnswer,
  type LiveMessage,
  type LiveMessageName,
} from '../contracts/live-messages.ts';
import type { Deps } from '../deps.ts';
import type { Permission } from '../organisers/permission.rules.ts';
import { keepStep } from '../platform/realtime/keep-step.ts';
import { liveMessage, type Seat, type ServedMessage } from '../platform/realtime/live-message.ts';
import { enterLiveRoom, type InRoom } from './enter-live-room.ts';

/** Sent by many at once. Too short a time for anybody to notice, and ten messages in it cost hardly more than one. */
const stepMs = 80;
const inStep = keepStep(stepMs);
const storming: ReadonlySet<LiveMessageName> = new Set(['chat:post', 'chat:react']);

/**
 * A live message, served to whoever is in the event's room with the permission that the contract names for it. There
 * is no way to serve one without: the table of messages has a permission in every row.
 */
export function inRoom<K extends LiveMessageName>(
  name: K,
  deps: Deps,
  handle: (message: LiveMessage<K>, room: InRoom, seat: Seat) => Promise<LiveAnswer<K>>,
): ServedMessage {
  const { payload, permission, rate } = liveMessages[name];
  return liveMessage({
    name,
    schema: payload,
    rate,
    inStep: storming.has(name) ? inStep : undefined,
    permit: (who, message) =>
      enterLiveRoom(who, { eventId: message.eventId, permission: permission satisfies Permission }, deps),
    handle: (message, room: InRoom, seat) => handle(message as LiveMessage<K>, room, seat),
  });
}
