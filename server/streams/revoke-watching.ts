import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import type { Deps } from '../deps.ts';
import { listParticipantsOf } from '../participants/participant.queries.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { WatchRightModel } from './watch-right.model.ts';
import { revokedUntil, viewerTag } from './watch.rules.ts';

/**
 * Takes away what somebody holds of paths to pictures. Whoever may still watch, on another device or once a ban is
 * over, asks anew and gets a path with another tag. Call in the transaction that answers the change.
 */
export async function revokeWatching(
  whose: OutboxPayload<'viewing:ended'>,
  { clock, secrets }: Pick<Deps, 'clock' | 'secrets'>,
): Promise<void> {
  const at = clock.now();
  const until = revokedUntil(at);
  const viewers: string[] = [];
  for (const { _id, eventId } of await listParticipantsOf(whose)) {
    const known = await WatchRightModel.findOne({ _id }).lean();
    const version = known?.version ?? 0;
    const tag = viewerTag(_id, version, secrets);
    const revokedTags = [...(known && known.until > at ? known.revokedTags : []), tag];
    await WatchRightModel.updateOne(
      { _id },
      { $set: { eventId, version: version + 1, until, revokedTags } },
      { upsert: true },
    );
    viewers.push(tag);
  }
  if (viewers.length === 0) return;
  await addOutboxMessages([
    {
      message: { kind: 'viewers:revoked', payload: { viewers, until: until.getTime() } },
      options: { at, priority: 0 },
    },
  ]);
}
