import { FormPage } from '../../components/form-page.tsx';

export interface AttendancePageProps {
  registrationId: string;
  event: { slug: string; title: string };
  /** In order of the agenda; only what somebody was at. */
  sessions: readonly {
    readonly id: string;
    readonly title: string;
    readonly kind: 'live' | 'replay';
    /** "42 minutes" */
    readonly minutes: string;
  }[];
  /** "192 minutes", of all live sessions; null for fewer than two. */
  total: string | null;
}

/** What the holder of a place was at, by the definition that everybody can read. */
export function AttendancePage({ registrationId, event, sessions, total }: AttendancePageProps) {
  const back = { href: `/registrations/${registrationId}`, text: 'Your place' };
  const lede = <a href={`/events/${event.slug}`}>{event.title}</a>;
  return (
    <FormPage title="My attendance" lede={lede} back={back}>
      {sessions.length === 0 ? (
        <p class="empty">
          Nothing is counted yet. Sessions appear here once you have watched them in the live room.
        </p>
      ) : (
        <table class="table">
          <caption class="vh">Minutes in each session</caption>
          <thead>
            <tr>
              <th scope="col">Session</th>
              <th scope="col" class="figure">
                You were there for
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.kind + session.id}>
                <th scope="row">
                  {session.title}
                  {session.kind === 'replay' && <small>Replay</small>}
                </th>
                <td class="figure">{session.minutes}</td>
              </tr>
            ))}
          </tbody>
          {total && (
            <tfoot>
              <tr>
                <th scope="row">All live sessions</th>
                <td class="figure">{total}</td>
              </tr>
            </tfoot>
          )}
        </table>
      )}
      <p>
        <a href="/attendance">How this is counted</a>
      </p>
    </FormPage>
  );
}
