import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import type { Deps } from '../deps.ts';
import { listParticipantsOf } from '../participants/participant.queries.ts';
import { revokeTags } from './revoke-tags.ts';
import { WatchRightModel } from './watch-right.model.ts';
import { viewerTag } from './watch.rules.ts';

/**
 * Takes away what somebody holds of paths to pictures. Whoever may still watch, on another device or once a ban is
 * over, asks anew and gets a path with another tag. Call in the transaction that answers the change.
 */
export async function revokeWatching(
  whose: OutboxPayload<'viewing:ended'>,
  { clock, secrets }: Pick<Deps, 'clock' | 'secrets'>,
): Promise<void> {
  const held = [];
  for (const { _id, eventId } of await listParticipantsOf(whose)) {
    const known = await WatchRightModel.findOne({ _id }).lean();
    held.push({ holderId: _id, eventId, tag: viewerTag(_id, known?.version ?? 0, secrets) });
  }
  await revokeTags(held, { clock });
}
