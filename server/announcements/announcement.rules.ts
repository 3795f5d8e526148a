import type { Announcement } from '../contracts/live-room-settings.ts';

export const announcementOf = (stored: {
  readonly _id: string;
  readonly kind: Announcement['kind'];
  readonly urgency: Announcement['urgency'];
  readonly text: string;
  readonly at: Date;
  readonly expiresAt?: Date | null;
}): Announcement => ({
  id: stored._id,
  kind: stored.kind,
  urgency: stored.urgency,
  text: stored.text,
  at: stored.at.toISOString(),
  expiresAt: stored.expiresAt?.toISOString() ?? null,
});
