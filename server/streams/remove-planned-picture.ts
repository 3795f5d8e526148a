import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { storePlanned } from './plan-picture.ts';
import type { StageScope } from './stream-change.rules.ts';
import { StreamModel } from './stream.model.ts';

/** Takes a plan back; one that was carried out or taken back already is gone. */
export async function removePlannedPicture(
  actor: Actor,
  { event, stageId, at }: StageScope & { readonly at: Date },
  deps: Deps,
): Promise<void> {
  requirePermission(actor, 'stream:edit', event.organiserId);
  const now = deps.clock.now();
  await deps.transaction(async () => {
    const stream = await StreamModel.findOne({ eventId: event._id, stageId }).lean();
    const planned = stream?.planned.filter((entry) => entry.at.getTime() !== at.getTime());
    if (stream && planned && planned.length < stream.planned.length)
      await storePlanned(actor, stream, planned, now);
  });
}
