import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { ShownPendingUpdate } from '../../../server/contracts/pending-update.ts';
import { Notice } from '../../components/notice.tsx';
import { PendingUpdate } from '../../components/pending-update.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface ConsoleSessionsPageProps {
  event: ConsoleEvent;
  sessions: readonly ConsoleSessionRow[];
  notice: string | null;
  pendingUpdate: ShownPendingUpdate | null;
}

export interface ConsoleSessionRow {
  readonly id: string;
  readonly title: string;
  /** "09:30 to 10:10" */
  readonly times: string;
  readonly stage: string;
  readonly kind: string;
  readonly speakers: string;
  /** False for a break. */
  readonly needsSpeakers: boolean;
  /** "Ada Marsh is on two stages at this time", or null. */
  readonly warning: string | null;
  readonly isCancelled: boolean;
}

export function ConsoleSessionsPage({ event, sessions, notice, pendingUpdate }: ConsoleSessionsPageProps) {
  return (
    <ConsoleLayout
      title="Agenda"
      section="sessions"
      event={event}
      note={sessions.length === 1 ? 'One session' : `${sessions.length} sessions`}
      actions={
        <a class="button" href={`${event.path}/sessions/new`}>
          Add a session
        </a>
      }
    >
      {notice && <Notice kind="good">{notice}</Notice>}
      <PendingUpdate update={pendingUpdate} path={event.path} />
      {sessions.length === 0 ? (
        <p class="empty">No sessions yet. Add the first one and the day takes shape.</p>
      ) : (
        <table class="table stacks">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Session</th>
              <th scope="col">Stage</th>
              <th scope="col">Speakers</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.id} class={session.isCancelled ? 'is-off' : undefined}>
                <td class="when">{session.times}</td>
                <th scope="row">
                  <a href={`${event.path}/sessions/${session.id}`}>{session.title}</a>
                  <small>{session.isCancelled ? `${session.kind}, cancelled` : session.kind}</small>
                  {session.warning && <small class="warn">{session.warning}</small>}
                </th>
                <td>{session.stage}</td>
                <td>{session.speakers || (session.needsSpeakers && 'Nobody yet')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ConsoleLayout>
  );
}
