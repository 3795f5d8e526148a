import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { SessionModel } from './session.model.ts';
import { getSessionOfEvent } from './session.queries.ts';

export type RemoveSessionResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'was-published' };

/** Takes a session off the agenda of a draft. Once people have seen it, it is cancelled instead. */
export async function removeSession(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string; readonly sessionId: string },
  deps: Deps,
): Promise<RemoveSessionResult> {
  const { organiserId, eventId, sessionId } = input;
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    await getSessionOfEvent(eventId, sessionId);
    requirePermission(actor, 'session:edit', organiserId);
    if (event.publishedAt) return { ok: false, reason: 'was-published' };
    await SessionModel.deleteOne({ _id: sessionId, eventId });
    await recordAuditEntry(actor, {
      at: deps.clock.now(),
      organiserId,
      action: 'session:removed',
      subject: { noun: 'session', id: sessionId },
      changes: { eventId },
    });
    return { ok: true };
  });
}
