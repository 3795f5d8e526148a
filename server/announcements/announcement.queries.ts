import { trusted } from 'mongoose';
import type { Announcement } from '../contracts/live-room-settings.ts';
import { AnnouncementModel } from './announcement.model.ts';
import { announcementOf } from './announcement.rules.ts';

/** More than these at once nobody reads, and everybody's snapshot would carry them. */
const mostStanding = 20;

/** Announcements that stand at `now`, the same for every audience, the earliest first. */
export async function listAnnouncementsOfRoom(eventId: string, now: Date): Promise<Announcement[]> {
  const stored = await AnnouncementModel.find({
    eventId,
    withdrawnAt: null,
    $or: [{ expiresAt: null }, { expiresAt: trusted({ $gt: now }) }],
  })
    .sort({ at: -1, _id: -1 })
    .limit(mostStanding)
    .lean();
  return stored.reverse().map(announcementOf);
}
