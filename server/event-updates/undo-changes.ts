import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { restoreEvent } from '../events/restore-event.ts';
import { tellAgendaChanged } from '../events/tell-agenda-changed.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { restoreSession } from '../sessions/restore-session.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { findToldEvent } from './event-update.queries.ts';
import { planUpdate } from './plan-update.ts';
import { sessionsToRestore } from './undo.rules.ts';

export type UndoChangesResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'edited-meanwhile' | 'nothing-waits' | 'not-known' | 'is-over' }
  | { readonly ok: false; readonly reason: 'went-live'; readonly sessionTitle: string };

/**
 * Puts back what everybody was told last: the event's name and times, and those of its sessions. A session that was
 * added since is cancelled, so that nothing somebody wrote is lost. All of it or nothing.
 */
export async function undoChanges(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string; readonly version: number },
  deps: Deps,
): Promise<UndoChangesResult> {
  const { organiserId, eventId } = input;
  const now = deps.clock.now();
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'event:edit', organiserId);
    if (event.toldVersion !== input.version) return { ok: false, reason: 'edited-meanwhile' };
    const update = await planUpdate(eventId, deps);
    if (!update?.dueAt) return { ok: false, reason: 'nothing-waits' };
    const sent = await findToldEvent(eventId, update.sentVersion);
    if (!sent) return { ok: false, reason: 'not-known' };
    if (sent.endsAt <= now) return { ok: false, reason: 'is-over' };
    const sessions = await listSessionsOfEvent(eventId);
    const plan = sessionsToRestore(sent, sessions);
    if (!plan.ok) return { ok: false, reason: 'went-live', sessionTitle: plan.sessionTitle };

    const scope = { organiserId, eventId };
    const results = [await restoreEvent(actor, { ...scope, revision: event.revision, told: sent }, deps)];
    for (const { session, told } of plan.sessions)
      results.push(
        await restoreSession(
          actor,
          { ...scope, sessionId: session._id, revision: session.revision, told },
          deps,
        ),
      );
    // Thrown, because the others are written by now.
    if (results.some(({ ok }) => !ok))
      throw new AppError('conflict', 'Somebody edited the event at this moment. Look at it again.');
    await tellAgendaChanged(eventId, now);
    await planUpdate(eventId, deps);
    await recordAuditEntry(actor, {
      at: now,
      organiserId,
      action: 'event:changes-undone',
      subject: { noun: 'event', id: eventId },
      changes: { from: input.version, to: update.sentVersion },
    });
    return { ok: true };
  });
}
