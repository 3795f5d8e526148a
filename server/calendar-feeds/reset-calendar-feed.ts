import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { CalendarFeedModel } from './calendar-feed.model.ts';
import { requireAddress } from './require-address.ts';

/** Gives the calendar of the signed-in address another address to subscribe to; the one it had stops at once. */
export async function resetCalendarFeed(
  actor: Actor,
  _input: object,
  deps: Deps,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'switched-off' }> {
  const email = requireAddress(actor);
  return deps.transaction(async () => {
    const feed = await CalendarFeedModel.findOneAndUpdate(
      { email },
      { $inc: { version: 1 } },
      { returnDocument: 'after' },
    ).lean();
    if (!feed) return { ok: false, reason: 'switched-off' };
    await recordAuditEntry(actor, {
      at: deps.clock.now(),
      organiserId: null,
      action: 'calendar-feed:reset',
      subject: { noun: 'calendar-feed', id: feed._id },
      changes: { version: feed.version },
    });
    return { ok: true };
  });
}
