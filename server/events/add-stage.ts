import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { newId } from '../platform/new-id.ts';
import { EventModel } from './event.model.ts';
import { getEventOfOrganiser } from './event.queries.ts';

/** The id of the stage with this name, which is added when the event has none. '' is every stage: null. */
export async function addStage(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string; readonly name: string },
  deps: Deps,
): Promise<string | null> {
  const { organiserId, eventId, name } = input;
  if (name === '') return null;
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'session:edit', organiserId);
    const known = event.stages.find((stage) => stage.name.toLowerCase() === name.toLowerCase());
    if (known) return known.id;
    const stage = { id: newId(), name };
    await EventModel.updateOne(
      { _id: eventId, organiserId },
      { $push: { stages: stage }, $inc: { revision: 1 } },
    );
    return stage.id;
  });
}
