import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { FieldError } from '../contracts/form-state.ts';
import type { SessionForm } from '../contracts/session-form.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { tellAgendaChanged } from '../events/tell-agenda-changed.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { newId } from '../platform/new-id.ts';
import { planSession } from './plan-session.ts';
import { SessionModel } from './session.model.ts';

export type CreateSessionResult =
  | { readonly ok: true; readonly sessionId: string }
  | { readonly ok: false; readonly reason: 'invalid'; readonly errors: readonly FieldError[] };

/** Puts a session on the agenda. */
export async function createSession(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string; readonly form: SessionForm },
  deps: Deps,
): Promise<CreateSessionResult> {
  const { organiserId, eventId, form } = input;
  const sessionId = newId();
  const createdAt = deps.clock.now();
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'session:edit', organiserId);
    const planned = await planSession(actor, { event, form }, deps);
    if (!planned.ok) return { ok: false, reason: 'invalid', errors: planned.errors };
    await SessionModel.create([{ _id: sessionId, eventId, organiserId, ...planned.plan, createdAt }]);
    if (event.publishedAt) await tellAgendaChanged(eventId, createdAt);
    await recordAuditEntry(actor, {
      at: createdAt,
      organiserId,
      action: 'session:created',
      subject: { noun: 'session', id: sessionId },
      changes: { eventId },
    });
    return { ok: true, sessionId };
  });
}
