import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { createRehearsalCopy } from '../events/create-rehearsal-copy.ts';
import { findRehearsalOf, getEvent } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { againOnDuplicate } from '../platform/database/again-on-duplicate.ts';
import { newId } from '../platform/new-id.ts';
import { wallTimeOfInstant } from '../platform/time/wall-time.ts';
import { SessionModel } from './session.model.ts';
import { listSessionsOfEvent } from './session.queries.ts';

const startsInMs = 5 * 60_000;

export type StartRehearsalResult =
  | { readonly ok: true; readonly rehearsalId: string }
  | { readonly ok: false; readonly reason: 'no-sessions' };

/**
 * A copy of the event that only its team and speakers see, with the first session in five minutes. Whoever starts one
 * while one is running is in that one.
 */
export async function startRehearsal(
  actor: Actor,
  { eventId }: { readonly eventId: string },
  deps: Deps,
): Promise<StartRehearsalResult> {
  const event = await getEvent(eventId);
  requirePermission(actor, 'session:direct', event.organiserId);
  if (event.rehearsalOf) throw notFound('that event');
  return againOnDuplicate(() =>
    deps.transaction(async () => {
      const now = deps.clock.now();
      const sessions = (await listSessionsOfEvent(eventId)).filter(({ state }) => state !== 'cancelled');
      const first = sessions.find(({ kind }) => kind !== 'break');
      if (!first) return { ok: false, reason: 'no-sessions' };
      // To the minute: the agenda shows no seconds.
      const startsAt = Math.ceil((now.getTime() + startsInMs) / 60_000) * 60_000;
      const shiftMs = startsAt - first.startsAt.getTime();
      const running = await findRehearsalOf(eventId);
      if (running) return { ok: true, rehearsalId: running };
      const rehearsalId = await createRehearsalCopy(event, shiftMs, now);
      await SessionModel.insertMany(
        sessions.map((session) => {
          const [from, to] = [session.startsAt, session.endsAt].map((at) => new Date(at.getTime() + shiftMs));
          if (!from || !to) throw new Error('A session without times');
          return {
            ...session,
            _id: newId(),
            eventId: rehearsalId,
            startsAt: from,
            endsAt: to,
            startsAtLocal: wallTimeOfInstant(from, event.zone),
            endsAtLocal: wallTimeOfInstant(to, event.zone),
            state: 'scheduled' as const,
            wentLiveAt: null,
            pausedAt: null,
            endedAt: null,
            revision: 1,
            createdAt: now,
            editedAt: null,
          };
        }),
      );
      await recordAuditEntry(actor, {
        at: now,
        organiserId: event.organiserId,
        action: 'rehearsal:started',
        subject: { noun: 'event', id: eventId },
      });
      return { ok: true, rehearsalId };
    }),
  );
}
