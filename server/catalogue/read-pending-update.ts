import { countPendingSpeakerInvites } from '../calendar-invites/count-speaker-invites.ts';
import type { ShownPendingUpdate } from '../contracts/pending-update.ts';
import type { Deps } from '../deps.ts';
import { findPendingUpdate } from '../event-updates/event-update.queries.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import { showTimeOfDay, showZone } from '../platform/time/show-time.ts';
import type { OpenedEvent } from './open-console-event.ts';

/** What the console says about changes that wait to be told; null when none does. */
export async function readPendingUpdate(
  { actor, event, sessions }: OpenedEvent,
  deps: Pick<Deps, 'clock' | 'config'>,
): Promise<ShownPendingUpdate | null> {
  const now = deps.clock.now();
  const update = await findPendingUpdate(event, sessions, now, deps.config.updateDelayMinutes);
  if (!update) return null;
  const { version, changes, people, dueAt, canUndo } = update;
  return {
    version,
    changes,
    people,
    speakerInvites: await countPendingSpeakerInvites(event._id, now),
    time: `${showTimeOfDay(dueAt, event.zone)} ${showZone(dueAt, event.zone)}`,
    isDue: dueAt <= now,
    canEdit: hasPermission(actor, 'event:edit', event.organiserId),
    canUndo,
  };
}
