import type { LiveAudience } from '../contracts/live-facts.ts';
import type { ChatMessage, ChatReport } from '../contracts/live-chat.ts';

/** The last messages of each stage and, for moderators and backstage, of backstage; in order of time. */
export async function lastChatOfRoom(eventId: string, audience: LiveAudience): Promise<ChatMessage[]> {
  await Promise.resolve();
  void [eventId, audience];
  return [];
}

/** Messages that viewers reported and nobody has looked at yet. */
export async function listReports(eventId: string): Promise<ChatReport[]> {
  await Promise.resolve();
  void eventId;
  return [];
}
