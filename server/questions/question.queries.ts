import type { LiveAudience } from '../contracts/live-facts.ts';
import type { LiveQuestion } from '../contracts/live-questions.ts';

/** The questions that this audience may see, the earliest first. */
export async function listQuestionsOfRoom(eventId: string, audience: LiveAudience): Promise<LiveQuestion[]> {
  await Promise.resolve();
  void [eventId, audience];
  return [];
}
