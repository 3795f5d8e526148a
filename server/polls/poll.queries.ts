import type { LiveAudience } from '../contracts/live-facts.ts';
import type { LivePoll } from '../contracts/live-polls.ts';

/** The polls that this audience may see, with the result where it may see that. */
export async function listPollsOfRoom(eventId: string, audience: LiveAudience): Promise<LivePoll[]> {
  await Promise.resolve();
  void [eventId, audience];
  return [];
}
