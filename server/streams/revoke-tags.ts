import type { Deps } from '../deps.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { WatchRightModel } from './watch-right.model.ts';
import { revokedUntil } from './watch.rules.ts';

interface HeldTag {
  /** The participant or the replay. */
  readonly holderId: string;
  readonly eventId: string;
  readonly tag: string;
}

/** Closes every path that was given with one of these tags, at once. Call in a transaction. */
export async function revokeTags(held: readonly HeldTag[], { clock }: Pick<Deps, 'clock'>): Promise<void> {
  if (held.length === 0) return;
  const at = clock.now();
  const until = revokedUntil(at);
  for (const { holderId, eventId, tag } of held) {
    const known = await WatchRightModel.findOne({ _id: holderId }).lean();
    const revokedTags = [...(known && known.until > at ? known.revokedTags : []), tag];
    await WatchRightModel.updateOne(
      { _id: holderId },
      { $set: { eventId, until, revokedTags }, $inc: { version: 1 } },
      { upsert: true },
    );
  }
  const viewers = held.map(({ tag }) => tag);
  await addOutboxMessages([
    {
      message: { kind: 'viewers:revoked', payload: { viewers, until: until.getTime() } },
      options: { at, priority: 0 },
    },
  ]);
}
