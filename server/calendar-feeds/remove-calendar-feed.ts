import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { CalendarFeedModel } from './calendar-feed.model.ts';
import { requireAddress } from './require-address.ts';

/** Switches the calendar of the signed-in address off. One that is made later has nothing in common with it. */
export async function removeCalendarFeed(actor: Actor, _input: object, deps: Deps): Promise<{ ok: true }> {
  const email = requireAddress(actor);
  return deps.transaction(async () => {
    const feed = await CalendarFeedModel.findOneAndDelete({ email }).lean();
    if (!feed) return { ok: true };
    await recordAuditEntry(actor, {
      at: deps.clock.now(),
      organiserId: null,
      action: 'calendar-feed:removed',
      subject: { noun: 'calendar-feed', id: feed._id },
    });
    return { ok: true };
  });
}
