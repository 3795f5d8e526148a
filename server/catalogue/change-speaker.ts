import type { Actor } from '../contracts/actor.ts';
import type { SpeakerForm } from '../contracts/speaker-form.ts';
import type { Deps } from '../deps.ts';
import type { Event } from '../events/event.queries.ts';
import { tellAgendaChanged } from '../events/tell-agenda-changed.ts';
import { editSpeaker, type EditSpeakerResult } from '../speakers/edit-speaker.ts';

/** A changed speaker, and the live room of the event it was changed from. */
export async function changeSpeaker(
  actor: Actor,
  input: { readonly event: Event; readonly speakerId: string; readonly form: SpeakerForm },
  deps: Deps,
): Promise<EditSpeakerResult> {
  const { event, speakerId, form } = input;
  return deps.transaction(async () => {
    const result = await editSpeaker(actor, { organiserId: event.organiserId, speakerId, form }, deps);
    if (result.ok && event.publishedAt) await tellAgendaChanged(event._id, deps.clock.now());
    return result;
  });
}
