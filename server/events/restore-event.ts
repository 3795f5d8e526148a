import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { changedParts } from './changed-parts.rules.ts';
import { EventModel } from './event.model.ts';
import { getEventOfOrganiser } from './event.queries.ts';
import type { Span } from './event-times.rules.ts';

export type RestoreEventResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'edited-meanwhile' };

/**
 * Gives a published event back the name and times it had, if it is still the revision that was looked at. Whoever
 * calls this tells the change, once for the event and all its sessions.
 */
export async function restoreEvent(
  actor: Actor,
  input: {
    readonly organiserId: string;
    readonly eventId: string;
    readonly revision: number;
    readonly told: Span & { readonly title: string; readonly zone: string };
  },
  deps: Deps,
): Promise<RestoreEventResult> {
  const { organiserId, eventId, revision } = input;
  const { title, zone, startsAtLocal, endsAtLocal, startsAt, endsAt } = input.told;
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const before = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'event:edit', organiserId);
    const told = { title, zone, startsAtLocal, endsAtLocal, startsAt, endsAt };
    const parts = changedParts(before, { ...before, ...told });
    if (parts.length === 0) return { ok: true };
    const restored = await EventModel.updateOne(
      { _id: eventId, organiserId, revision, status: 'published' },
      { $set: { ...told, editedAt: now }, $inc: { revision: 1 } },
    );
    if (restored.matchedCount === 0) return { ok: false, reason: 'edited-meanwhile' };
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action: 'event:restored',
      subject: { noun: 'event', id: eventId },
      changes: { parts, revision: revision + 1 },
    });
    return { ok: true };
  });
}
