import type { LiveAudience } from '../contracts/live-facts.ts';
import type { Announcement } from '../contracts/live-room-settings.ts';

/** Announcements that stand, the earliest first. */
export async function listAnnouncementsOfRoom(
  eventId: string,
  audience: LiveAudience,
): Promise<Announcement[]> {
  await Promise.resolve();
  void [eventId, audience];
  return [];
}
