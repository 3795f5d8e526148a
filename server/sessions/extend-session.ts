import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { SessionModel, type Session } from './session.model.ts';
import { getSessionOfEvent } from './session.queries.ts';
import { isOnAir, laterEnd } from './session.rules.ts';
import { instantOfWallTime, wallTimeOfInstant } from '../platform/time/wall-time.ts';

export interface ExtendSessionInput {
  readonly eventId: string;
  readonly sessionId: string;
  readonly minutes: number;
  /** The revision the organiser was looking at. */
  readonly revision: number;
}

export type ExtendSessionResult =
  | { readonly ok: true; readonly session: Session }
  | {
      readonly ok: false;
      readonly reason: 'already-moved' | 'not-on-air' | 'too-late';
      readonly session: Session;
    };

/**
 * Gives a session that is on air more minutes. What follows keeps its planned times: how late it runs is said in words.
 * Calendars are not told of a change of minutes while it happens.
 */
export async function extendSession(
  actor: Actor,
  input: ExtendSessionInput,
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<ExtendSessionResult> {
  return deps.transaction(async () => {
    const before = await getSessionOfEvent(input.eventId, input.sessionId);
    requirePermission(actor, 'session:direct', before.organiserId);
    if (before.revision !== input.revision) return { ok: false, reason: 'already-moved', session: before };
    if (!isOnAir(before.state)) return { ok: false, reason: 'not-on-air', session: before };
    const { zone } = await getEvent(before.eventId);
    const end = laterEnd(before, input.minutes, {
      wallTime: (instant) => wallTimeOfInstant(instant, zone),
      instant: (wallTime) => instantOfWallTime(wallTime, zone),
    });
    if (!end) return { ok: false, reason: 'too-late', session: before };
    const session = await SessionModel.findOneAndUpdate(
      { _id: before._id, eventId: before.eventId, state: before.state, revision: before.revision },
      { $set: end, $inc: { revision: 1 } },
      { returnDocument: 'after' },
    ).lean();
    if (!session) {
      const now = await getSessionOfEvent(input.eventId, input.sessionId);
      return { ok: false, reason: 'already-moved', session: now };
    }
    await recordAuditEntry(actor, {
      at: deps.clock.now(),
      organiserId: session.organiserId,
      action: 'session:extended',
      subject: { noun: 'session', id: session._id },
      changes: { minutes: input.minutes, from: before.endsAtLocal, to: session.endsAtLocal },
    });
    return { ok: true, session };
  });
}
