import type { Actor } from '../contracts/actor.ts';
import type { SpeakerForm } from '../contracts/speaker-form.ts';
import type { Deps } from '../deps.ts';
import type { Event } from '../events/event.queries.ts';
import { tellAgendaChanged } from '../events/tell-agenda-changed.ts';
import { tellSpeakersChanged } from '../events/tell-speakers-changed.ts';
import { listEventIdsOfSpeaker } from '../sessions/session.queries.ts';
import { editSpeaker, type EditSpeakerResult } from '../speakers/edit-speaker.ts';

/** A changed speaker, the live room of the event it was changed from, and the invites to every event. */
export async function changeSpeaker(
  actor: Actor,
  input: { readonly event: Event; readonly speakerId: string; readonly form: SpeakerForm },
  deps: Deps,
): Promise<EditSpeakerResult> {
  const { event, speakerId, form } = input;
  return deps.transaction(async () => {
    const result = await editSpeaker(actor, { organiserId: event.organiserId, speakerId, form }, deps);
    if (!result.ok) return result;
    const at = deps.clock.now();
    if (event.publishedAt) await tellAgendaChanged(event._id, at);
    // One address for all invites of a person, so other events are told of it too.
    const others = (await listEventIdsOfSpeaker(speakerId)).filter((eventId) => eventId !== event._id);
    await tellSpeakersChanged(others, at);
    return result;
  });
}
