import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../platform/new-id.ts';
import { CalendarFeedModel } from './calendar-feed.model.ts';
import { requireAddress } from './require-address.ts';

/** Makes the calendar of the signed-in address; one that is there already stays as it is. */
export async function openCalendarFeed(actor: Actor, _input: object, deps: Deps): Promise<{ ok: true }> {
  const email = requireAddress(actor);
  const createdAt = deps.clock.now();
  return deps.transaction(async () => {
    const feedId = newId();
    const made = await CalendarFeedModel.updateOne(
      { email },
      { $setOnInsert: { _id: feedId, version: 1, createdAt } },
      { upsert: true },
    );
    if (made.upsertedCount === 0) return { ok: true };
    await recordAuditEntry(actor, {
      at: createdAt,
      organiserId: null,
      action: 'calendar-feed:opened',
      subject: { noun: 'calendar-feed', id: feedId },
    });
    return { ok: true };
  });
}
