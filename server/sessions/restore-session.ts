import { trusted } from 'mongoose';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import type { Span } from '../events/event-times.rules.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { SessionModel } from './session.model.ts';
import { getSessionOfEvent } from './session.queries.ts';

export type RestoreSessionResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'edited-meanwhile' };

/**
 * Gives a session back the title, times and state it had; one that was not there (`told` is null) is cancelled. Only
 * while it is the revision that was looked at and was not on air. Whoever calls this tells the change.
 */
export async function restoreSession(
  actor: Actor,
  input: {
    readonly organiserId: string;
    readonly eventId: string;
    readonly sessionId: string;
    readonly revision: number;
    readonly told: (Span & { readonly title: string; readonly isCancelled: boolean }) | null;
  },
  deps: Deps,
): Promise<RestoreSessionResult> {
  const { organiserId, eventId, sessionId, revision, told } = input;
  const now = deps.clock.now();
  return deps.transaction(async () => {
    await getSessionOfEvent(eventId, sessionId);
    requirePermission(actor, 'session:edit', organiserId);
    const fields = told
      ? {
          title: told.title,
          startsAtLocal: told.startsAtLocal,
          endsAtLocal: told.endsAtLocal,
          startsAt: told.startsAt,
          endsAt: told.endsAt,
        }
      : {};
    const state = !told || told.isCancelled ? ('cancelled' as const) : ('scheduled' as const);
    const restored = await SessionModel.updateOne(
      { _id: sessionId, eventId, organiserId, revision, state: trusted({ $in: ['scheduled', 'cancelled'] }) },
      { $set: { ...fields, state, editedAt: now }, $inc: { revision: 1 } },
    );
    if (restored.matchedCount === 0) return { ok: false, reason: 'edited-meanwhile' };
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action: 'session:restored',
      subject: { noun: 'session', id: sessionId },
      changes: { state, revision: revision + 1 },
    });
    return { ok: true };
  });
}
