import slugify from '@sindresorhus/slugify';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { EventForm } from '../contracts/event-form.ts';
import type { FieldError } from '../contracts/form-state.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { newId } from '../platform/new-id.ts';
import { readEventContent } from './event-content.rules.ts';
import { EventModel } from './event.model.ts';
import { complaintAboutSlug } from './event.rules.ts';

export type CreateEventResult =
  | { readonly ok: true; readonly eventId: string }
  | { readonly ok: false; readonly reason: 'invalid'; readonly errors: readonly FieldError[] };

export const slugTaken: FieldError = {
  field: 'slug',
  message: 'Another event has this address. Add the year or the place',
};

/**
 * A draft that only its organiser sees. Of two that take one address at the same moment the unique index refuses
 * one: that is thrown, because it ends the transaction, which may be the caller's.
 */
export async function createEvent(
  actor: Actor,
  input: { readonly organiserId: string; readonly form: EventForm },
  deps: Deps,
): Promise<CreateEventResult> {
  const { organiserId, form } = input;
  requirePermission(actor, 'event:edit', organiserId);
  const read = readEventContent(form, newId);
  if (!read.ok) return { ok: false, reason: 'invalid', errors: read.errors };
  const slug = form.slug || (await freeSlug(form.title));
  const complaint = complaintAboutSlug(slug);
  if (complaint) return { ok: false, reason: 'invalid', errors: [{ field: 'slug', message: complaint }] };

  const eventId = newId();
  const createdAt = deps.clock.now();
  return deps.transaction(async () => {
    if (await EventModel.exists({ slug })) return { ok: false, reason: 'invalid', errors: [slugTaken] };
    await EventModel.create([
      { _id: eventId, organiserId, slug, ...read.content, status: 'draft', createdAt },
    ]);
    await recordAuditEntry(actor, {
      at: createdAt,
      organiserId,
      action: 'event:created',
      subject: { noun: 'event', id: eventId },
      changes: { slug },
    });
    return { ok: true, eventId };
  });
}

/** An address made from the name, with a number where it is taken or kept for a page of the site. */
async function freeSlug(title: string): Promise<string> {
  const base = slugify(title).slice(0, 70).replace(/-+$/, '') || 'event';
  for (let number = 1; number < 100; number += 1) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!complaintAboutSlug(slug) && !(await EventModel.exists({ slug }))) return slug;
  }
  return `${base}-${newId().slice(0, 8)}`;
}
