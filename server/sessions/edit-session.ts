import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { FieldError } from '../contracts/form-state.ts';
import type { SessionForm } from '../contracts/session-form.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { tellAgendaChanged } from '../events/tell-agenda-changed.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { planSession } from './plan-session.ts';
import { SessionModel } from './session.model.ts';
import { getSessionOfEvent, type Session } from './session.queries.ts';

export type EditSessionResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'invalid'; readonly errors: readonly FieldError[] }
  /** `session` is what it is now. */
  | { readonly ok: false; readonly reason: 'edited-meanwhile'; readonly session: Session };

/** Saves the form of a session, if nothing moved or edited it since the form was opened. */
export async function editSession(
  actor: Actor,
  input: {
    readonly organiserId: string;
    readonly eventId: string;
    readonly sessionId: string;
    readonly form: SessionForm;
  },
  deps: Deps,
): Promise<EditSessionResult> {
  const { organiserId, eventId, sessionId, form } = input;
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    const before = await getSessionOfEvent(eventId, sessionId);
    requirePermission(actor, 'session:edit', organiserId);
    if (form.revision !== before.revision) return { ok: false, reason: 'edited-meanwhile', session: before };
    const planned = await planSession(actor, { event, form }, deps);
    if (!planned.ok) return { ok: false, reason: 'invalid', errors: planned.errors };
    const at = deps.clock.now();
    const written = await SessionModel.updateOne(
      { _id: sessionId, eventId, revision: before.revision },
      { $set: { ...planned.plan, editedAt: at }, $inc: { revision: 1 } },
    );
    if (written.modifiedCount === 0)
      return { ok: false, reason: 'edited-meanwhile', session: await getSessionOfEvent(eventId, sessionId) };
    if (event.publishedAt) await tellAgendaChanged(eventId, at);
    await recordAuditEntry(actor, {
      at,
      organiserId,
      action: 'session:edited',
      subject: { noun: 'session', id: sessionId },
      changes: { revision: before.revision + 1 },
    });
    return { ok: true };
  });
}
