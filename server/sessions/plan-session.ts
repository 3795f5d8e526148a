import type { Actor } from '../contracts/actor.ts';
import type { FieldError } from '../contracts/form-state.ts';
import type { SessionForm } from '../contracts/session-form.ts';
import type { Deps } from '../deps.ts';
import { addStage } from '../events/add-stage.ts';
import type { Event } from '../events/event.queries.ts';
import { readSpan } from '../events/event-times.rules.ts';
import { listSpeakersByIds } from '../speakers/speaker.queries.ts';

/** What the form of a session stores; a stage that is new to the event is added to it. Call inside the transaction. */
export async function planSession(actor: Actor, input: { event: Event; form: SessionForm }, deps: Deps) {
  const { event, form } = input;
  const errors: FieldError[] = [];
  const read = readSpan(form, event.zone);
  if (!read.ok) errors.push(...read.errors);
  const known = await listSpeakersByIds(event.organiserId, [
    ...new Set([...form.speakers, ...form.moderators]),
  ]);
  const isKnown = (id: string) => known.some(({ _id }) => _id === id);
  if (!form.speakers.every(isKnown))
    errors.push({ field: 'speakers', message: 'One of these speakers is no longer in your list' });
  if (!form.moderators.every(isKnown))
    errors.push({ field: 'moderators', message: 'One of these people is no longer in your list' });
  if (!read.ok || errors.length > 0) return { ok: false as const, errors };
  const scope = { organiserId: event.organiserId, eventId: event._id };
  const stageId = await addStage(actor, { ...scope, name: form.stage }, deps);
  const { title, kind, summary, automatic: isAutomatic, speakers, moderators } = form;
  const people = { speakerIds: speakers, moderatorIds: moderators };
  return { ok: true as const, plan: { title, kind, summary, isAutomatic, stageId, ...people, ...read.span } };
}
