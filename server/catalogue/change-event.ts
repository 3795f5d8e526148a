import type { Actor } from '../contracts/actor.ts';
import type { EventForm } from '../contracts/event-form.ts';
import type { Deps } from '../deps.ts';
import { slugTaken } from '../events/create-event.ts';
import { editEvent, type EditEventResult } from '../events/edit-event.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { setCapacity } from '../registrations/set-capacity.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';

/** An edited event and its seats, both or neither. */
export async function changeEvent(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string; readonly form: EventForm },
  deps: Deps,
): Promise<EditEventResult> {
  const { organiserId, eventId, form } = input;
  const used = await findUsedStage(input);
  if (used) return { ok: false, reason: 'invalid', errors: [{ field: 'stages', message: used }] };
  try {
    return await deps.transaction(async () => {
      const result = await editEvent(actor, { organiserId, eventId, form }, deps);
      if (!result.ok) return result;
      await setCapacity(actor, { eventId, capacity: form.capacity }, deps);
      return result;
    });
  } catch (error) {
    if (isDuplicateKey(error, 'slug')) return { ok: false, reason: 'invalid', errors: [slugTaken] };
    throw error;
  }
}

/** A sentence when the form drops a stage that sessions are on; renaming keeps as many names as there were. */
async function findUsedStage(input: {
  readonly organiserId: string;
  readonly eventId: string;
  readonly form: EventForm;
}): Promise<string | null> {
  const event = await getEventOfOrganiser(input.organiserId, input.eventId);
  if (input.form.stages.length >= event.stages.length) return null;
  const sessions = await listSessionsOfEvent(event._id);
  const dropped = event.stages.filter(({ name }) => !input.form.stages.includes(name));
  const used = dropped.find(({ id }) => sessions.some(({ stageId }) => stageId === id));
  return used ? `Sessions are on “${used.name}”. Move them to another stage first` : null;
}
