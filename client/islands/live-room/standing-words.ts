import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import { timeOfDay } from './live-words.ts';

/** Why nothing can be written in the chat now; null when it can. */
export function chatClosed(snapshot: LiveSnapshot, silencedUntil: string | null): string | null {
  if (snapshot.event.status === 'cancelled') return 'This event is cancelled, so its chat is closed.';
  if (silencedUntil !== null) return readOnly(silencedUntil, snapshot.event.zone);
  return snapshot.room.isChatOpen ? null : 'The chat is closed just now. You can still read it.';
}

export function questionsClosed(snapshot: LiveSnapshot, silencedUntil: string | null): string | null {
  if (snapshot.event.status === 'cancelled') return 'This event is cancelled, so no questions are taken.';
  if (silencedUntil !== null) return readOnly(silencedUntil, snapshot.event.zone);
  return snapshot.room.areQuestionsOpen ? null : 'Questions are closed just now. You can still read them.';
}

const readOnly = (until: string, zone: string) =>
  `A moderator has asked you to read only, until ${timeOfDay(until, zone)}.`;
