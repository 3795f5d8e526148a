import type { Actor } from '../contracts/actor.ts';
import type { SessionMove } from '../contracts/live-messages.ts';
import type { SessionState } from '../contracts/live-snapshot.ts';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { isRehearsalId } from '../events/event.rules.ts';
import { tellCalendarsChanged } from '../events/tell-calendars-changed.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { SessionModel, type Session } from './session.model.ts';
import { findBusySession, getSessionOfEvent } from './session.queries.ts';
import { courseAfter, isOnAir } from './session.rules.ts';

export interface MoveSessionInput {
  readonly eventId: string;
  readonly sessionId: string;
  readonly move: SessionMove;
  /** The revision the organiser was looking at. */
  readonly revision: number;
}

export type MoveSessionResult =
  | { readonly ok: true; readonly session: Session }
  | {
      readonly ok: false;
      readonly reason: 'already-moved' | 'not-possible';
      readonly session: Session;
      readonly state: SessionState;
    }
  | {
      readonly ok: false;
      readonly reason: 'stage-busy';
      readonly session: Session;
      readonly state: SessionState;
      readonly busyWith: string;
    };

/**
 * Moves one session along its states. The write holds only for the state and revision that were read, so of two
 * organisers who press at once one moves it and the other is told what it is now.
 */
export async function moveSession(
  actor: Actor,
  input: MoveSessionInput,
  deps: Deps,
): Promise<MoveSessionResult> {
  return deps.transaction(async () => {
    const before = await getSessionOfEvent(input.eventId, input.sessionId);
    requirePermission(actor, 'session:direct', before.organiserId);
    const refused = <R extends string>(reason: R, session = before) =>
      ({ ok: false, reason, session, state: session.state }) as const;

    if (before.revision !== input.revision) return refused('already-moved');
    const now = deps.clock.now();
    const course = before.kind === 'break' ? null : courseAfter(before, input.move, now);
    if (!course) return refused('not-possible');
    if (isOnAir(course.state) && !isOnAir(before.state)) {
      const busy = await findBusySession(before);
      if (busy) return { ...refused('stage-busy'), busyWith: busy.title };
    }

    const session = await SessionModel.findOneAndUpdate(
      { _id: before._id, eventId: before.eventId, state: before.state, revision: before.revision },
      { $set: { ...course, ...(changesAgenda(input.move) && { editedAt: now }) }, $inc: { revision: 1 } },
      { returnDocument: 'after' },
    ).lean();
    if (!session) return refused('already-moved', await getSessionOfEvent(input.eventId, input.sessionId));
    if (changesAgenda(input.move) && (await getEvent(session.eventId)).publishedAt)
      await tellCalendarsChanged(session.eventId, now);
    if (changesRecording(input.move) && before.wentLiveAt && !isRehearsalId(session.eventId)) {
      const payload = { sessionId: session._id, eventId: session.eventId };
      await addOutboxMessages([
        { message: { kind: 'session:ended', payload }, options: { at: now, priority: 0 } },
      ]);
    }
    await recordAuditEntry(actor, {
      at: now,
      organiserId: session.organiserId,
      action: 'session:moved',
      subject: { noun: 'session', id: session._id },
      changes: { move: input.move, from: before.state, to: session.state },
    });
    return { ok: true, session };
  });
}

const changesRecording = (move: SessionMove): boolean => move === 'end' || move === 'undo-end';

/** What a calendar tells about a session does not hang on whether it is on air. */
const changesAgenda = (move: SessionMove): boolean => move === 'cancel' || move === 'reinstate';
