import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { EventForm } from '../contracts/event-form.ts';
import type { FieldError } from '../contracts/form-state.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { newId } from '../platform/new-id.ts';
import { slugTaken } from './create-event.ts';
import { changedParts } from './changed-parts.rules.ts';
import { readEventContent } from './event-content.rules.ts';
import { EventModel } from './event.model.ts';
import { getEventOfOrganiser, type Event } from './event.queries.ts';
import { tellAgendaChanged } from './tell-agenda-changed.ts';
import { complaintAboutSlug } from './event.rules.ts';

export type EditEventResult =
  | { readonly ok: true; readonly event: Event }
  | { readonly ok: false; readonly reason: 'invalid'; readonly errors: readonly FieldError[] }
  /** `event` is what it is now. */
  | { readonly ok: false; readonly reason: 'edited-meanwhile'; readonly event: Event };

/** Saves the form of an event, if nobody saved another one since it was opened. */
export async function editEvent(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string; readonly form: EventForm },
  deps: Deps,
): Promise<EditEventResult> {
  const { organiserId, eventId, form } = input;
  const before = await getEventOfOrganiser(organiserId, eventId);
  requirePermission(actor, 'event:edit', organiserId);
  if (form.revision !== before.revision) return { ok: false, reason: 'edited-meanwhile', event: before };
  const slug = form.slug || before.slug;
  const read = readEventContent(form, newId, before);
  const slugError = complaintAboutChange(before, slug);
  const errors = [...(slugError ? [slugError] : []), ...(read.ok ? [] : read.errors)];
  if (!read.ok || errors.length > 0) return { ok: false, reason: 'invalid', errors };

  const now = deps.clock.now();
  return deps.transaction(async () => {
    if (slug !== before.slug && (await EventModel.exists({ slug })))
      return { ok: false, reason: 'invalid', errors: [slugTaken] };
    const event = await EventModel.findOneAndUpdate(
      { _id: eventId, organiserId, revision: before.revision },
      { $set: { ...read.content, slug, editedAt: now }, $inc: { revision: 1 } },
      { returnDocument: 'after' },
    ).lean();
    if (!event)
      return {
        ok: false,
        reason: 'edited-meanwhile',
        event: await getEventOfOrganiser(organiserId, eventId),
      };
    if (event.publishedAt) await tellAgendaChanged(eventId, now);
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action: 'event:edited',
      subject: { noun: 'event', id: eventId },
      changes: { parts: changedParts(before, event), revision: event.revision },
    });
    return { ok: true, event };
  });
}

function complaintAboutChange(before: Event, slug: string): FieldError | null {
  if (slug === before.slug) return null;
  // Mails, calendars and other sites link to the address by now.
  if (before.publishedAt)
    return { field: 'slug', message: `The event is published, so its address stays ${before.slug}` };
  const complaint = complaintAboutSlug(slug);
  return complaint ? { field: 'slug', message: complaint } : null;
}
