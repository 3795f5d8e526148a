import type { ChatMessage } from '../../../server/contracts/live-chat.ts';
import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';

/** A message of one's own that is not in the chat yet. */
export interface UnsentMessage {
  /** The same each time it is sent, so that it is one message however often the line drops. */
  readonly clientId: string;
  readonly stageId: string | null;
  readonly text: string;
  readonly replyTo: ChatMessage['replyTo'];
  /** sent: the server has it, and the chat shows it in a moment. */
  readonly state: 'sending' | 'waiting' | 'sent';
  readonly messageId: string | null;
  readonly sentAt: number | null;
}

/** How long a message that the server has may be missing from the chat: it may have been deleted meanwhile. */
const patienceMs = 5_000;

export const nextToSend = (queue: readonly UnsentMessage[]): UnsentMessage | undefined =>
  queue.find(({ state }) => state !== 'sent');

export const changed = (
  queue: readonly UnsentMessage[],
  clientId: string,
  how: Partial<UnsentMessage>,
): UnsentMessage[] => queue.map((one) => (one.clientId === clientId ? { ...one, ...how } : one));

export const without = (queue: readonly UnsentMessage[], clientId: string): UnsentMessage[] =>
  queue.filter((one) => one.clientId !== clientId);

/** The queue without what the chat already shows, or must be taken to have lost again. */
export function stillUnsent(
  queue: readonly UnsentMessage[],
  snapshot: LiveSnapshot,
  now: number,
): readonly UnsentMessage[] {
  const rest = queue.filter(
    ({ messageId, sentAt }) =>
      messageId === null ||
      !(snapshot.chat.some(({ id }) => id === messageId) || now - (sentAt ?? now) > patienceMs),
  );
  return rest.length === queue.length ? queue : rest;
}
