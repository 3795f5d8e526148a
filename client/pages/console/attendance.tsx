import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface ConsoleAttendancePageProps {
  event: ConsoleEvent;
  /** People who were at one session at least. */
  people: number;
  sessions: readonly {
    readonly id: string;
    readonly title: string;
    /** "09:30 to 10:10" */
    readonly times: string;
    readonly people: number;
    /** Of those who were there. */
    readonly averageMinutes: number;
    readonly replayPeople: number;
  }[];
  canExport: boolean;
}

/** How many were there, session by session. */
export function ConsoleAttendancePage({ event, people, sessions, canExport }: ConsoleAttendancePageProps) {
  const hasReplays = sessions.some(({ replayPeople }) => replayPeople > 0);
  return (
    <ConsoleLayout
      title="Attendance"
      section="attendance"
      event={event}
      note={people === 1 ? 'One person was there' : `${people} people were there`}
      actions={
        canExport &&
        people > 0 && (
          <a class="button line" href={`${event.path}/live-exports/attendance.csv`}>
            Download (CSV)
          </a>
        )
      }
    >
      {sessions.length === 0 ? (
        <p class="empty">No sessions yet, so there is nothing to be at.</p>
      ) : (
        <table class="table">
          <caption class="vh">People in each session, and how many minutes each was there on average</caption>
          <thead>
            <tr>
              <th scope="col">Session</th>
              <th scope="col" class="figure">
                People
              </th>
              <th scope="col" class="figure">
                Minutes
              </th>
              {hasReplays && (
                <th scope="col" class="figure">
                  Replay
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.id}>
                <th scope="row">
                  {session.title}
                  <small>{session.times}</small>
                </th>
                <td class="figure">{session.people}</td>
                <td class="figure">{session.people > 0 ? session.averageMinutes : '–'}</td>
                {hasReplays && <td class="figure">{session.replayPeople}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="muted">
        Minutes are the average of those who were there. Only people with a place are counted, and only while
        a session is live. <a href="/attendance">How this is counted</a>
      </p>
    </ConsoleLayout>
  );
}
