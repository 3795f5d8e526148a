import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { LiveMessage } from '../contracts/live-messages.ts';
import type { Announcement } from '../contracts/live-room-settings.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { newId } from '../platform/new-id.ts';
import { AnnouncementModel } from './announcement.model.ts';
import { announcementOf } from './announcement.rules.ts';

export const everybody = ['viewers', 'moderators', 'backstage'] as const;

/** Shows a banner to everybody in the room. The same message sent again answers with what it made the first time. */
export async function makeAnnouncement(
  { event, me, actor }: Pick<InRoom, 'event' | 'me' | 'actor'>,
  input: Omit<LiveMessage<'announcement:make'>, 'eventId'>,
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<Announcement> {
  const { clientId, kind, urgency, text, expiresInMinutes } = input;
  const { _id: eventId, organiserId } = event;
  const key = { eventId, madeBy: me._id, clientId };
  const at = deps.clock.now();
  const expiresAt = expiresInMinutes === null ? null : new Date(at.getTime() + expiresInMinutes * 60_000);
  const stored = { _id: newId(), ...key, organiserId, kind, urgency, text, at, expiresAt };
  try {
    return await deps.transaction(async () => {
      await AnnouncementModel.create([stored]);
      const announcement = announcementOf(stored);
      await appendFacts(eventId, everybody, [{ name: 'announcement:made', announcement }], at);
      await recordAuditEntry(actor, {
        at,
        organiserId,
        action: 'announcement:made',
        subject: { noun: 'announcement', id: stored._id },
        changes: { eventId, kind, urgency, expiresInMinutes },
      });
      return announcement;
    });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const first = await AnnouncementModel.findOne(key).lean();
    if (!first) throw error;
    return announcementOf(first);
  }
}
