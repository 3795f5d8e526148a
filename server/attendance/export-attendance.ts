import { recordExport } from '../audit/record-export.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import type { Event } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { listRegistrationsOfEvent } from '../registrations/registration.queries.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { listAttendedOfEvent } from './attendance.queries.ts';

export const attendanceColumns = [
  'Name',
  'Email',
  'Organisation',
  'Session',
  'Kind',
  'Minutes',
  'First seen (UTC)',
  'Last seen (UTC)',
] as const;

const size = 500;
const moment = (at: Date) => at.toISOString().slice(0, 16).replace('T', ' ');

/** One row for each person and session, in order of registration; that it was taken away is recorded first. */
export async function* exportAttendance(
  actor: Actor,
  { event }: { readonly event: Event },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): AsyncGenerator<(string | number)[][]> {
  const { _id: eventId, organiserId } = event;
  requirePermission(actor, 'registration:read', organiserId);
  await recordExport(actor, { event, what: 'attendance' }, deps);
  const [sessions, attended] = await Promise.all([
    listSessionsOfEvent(eventId),
    listAttendedOfEvent(eventId),
  ]);
  const order = new Map(sessions.map(({ _id }, index) => [_id, index]));
  for (let number = 1; ; number += 1) {
    const { rows } = await listRegistrationsOfEvent(organiserId, eventId, { number, size });
    yield rows.flatMap(({ registrationId, name, email, organisation }) =>
      (attended.get(registrationId) ?? [])
        .filter(({ sessionId }) => order.has(sessionId))
        .sort((a, b) => (order.get(a.sessionId) ?? 0) - (order.get(b.sessionId) ?? 0))
        .map(({ sessionId, kind, minutes, firstAt, lastAt }) => [
          name,
          email,
          organisation,
          sessions[order.get(sessionId) ?? 0]?.title ?? '',
          kind,
          minutes,
          moment(firstAt),
          moment(lastAt),
        ]),
    );
    if (rows.length < size) return;
  }
}
