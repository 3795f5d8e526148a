import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { AnnouncementModel } from './announcement.model.ts';
import { everybody } from './make-announcement.ts';

/** Takes a banner down for everybody; one that is down already stays so. */
export async function withdrawAnnouncement(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  { announcementId }: { readonly announcementId: string },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<void> {
  const { _id: eventId, organiserId } = event;
  const at = deps.clock.now();
  await deps.transaction(async () => {
    const written = await AnnouncementModel.updateOne(
      { _id: announcementId, eventId, withdrawnAt: null },
      { $set: { withdrawnAt: at } },
    );
    if (written.modifiedCount === 0) {
      if (await AnnouncementModel.exists({ _id: announcementId, eventId })) return;
      throw notFound('that announcement');
    }
    await appendFacts(eventId, everybody, [{ name: 'announcement:withdrawn', announcementId }], at);
    await recordAuditEntry(actor, {
      at,
      organiserId,
      action: 'announcement:withdrawn',
      subject: { noun: 'announcement', id: announcementId },
      changes: { eventId },
    });
  });
}
