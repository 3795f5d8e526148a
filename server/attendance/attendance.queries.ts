import { AttendanceIntervalModel, type AttendanceInterval } from './attendance-interval.model.ts';
import { attendedOf, groupBy, type Attended } from './attendance.rules.ts';

const fields = { registrationId: 1, sessionId: 1, kind: 1, startedAt: 1, endedAt: 1 } as const;
type Row = Pick<AttendanceInterval, keyof typeof fields>;

/** What the holder of one place was at. */
export async function listAttendedOfRegistration(registrationId: string): Promise<Attended[]> {
  return attendedOf(await AttendanceIntervalModel.find({ registrationId }, fields).lean<Row[]>());
}

/** What everybody of an event was at, by registration. */
export async function listAttendedOfEvent(eventId: string): Promise<ReadonlyMap<string, Attended[]>> {
  const rows = await AttendanceIntervalModel.find({ eventId }, fields).lean<Row[]>();
  const people = groupBy(rows, ({ registrationId }) => registrationId);
  return new Map([...people].map(([registrationId, own]) => [registrationId, attendedOf(own)]));
}
