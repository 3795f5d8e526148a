import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface ConsoleRegistrationsPageProps {
  event: ConsoleEvent;
  /** "412 of 600 places taken · In calendars: 212 accepted, 14 maybe, 9 declined" */
  summary: string;
  registrations: readonly ConsoleRegistrationRow[];
  pages: { previousPath: string | null; nextPath: string | null; text: string } | null;
}

export interface ConsoleRegistrationRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly jobTitle: string;
  readonly state: 'confirmed' | 'cancelled' | 'awaiting-approval' | 'declined';
  /** "9 March, 11:14" */
  readonly registered: string;
  /** What their calendar answered to the invite; null while it has not, and for who has no place. */
  readonly intent: 'accepted' | 'tentative' | 'declined' | null;
  /** What the person needs, for those members who arrange for it; null for everybody else. */
  readonly accessNeeds: string | null;
}

const states: Record<ConsoleRegistrationRow['state'], string> = {
  confirmed: 'Confirmed',
  cancelled: 'Cancelled',
  'awaiting-approval': 'Waiting for you',
  declined: 'Declined',
};

const intents: Record<NonNullable<ConsoleRegistrationRow['intent']>, string> = {
  accepted: 'Accepted in their calendar',
  tentative: 'Maybe in their calendar',
  declined: 'Declined in their calendar',
};

export function ConsoleRegistrationsPage({
  event,
  summary,
  registrations,
  pages,
}: ConsoleRegistrationsPageProps) {
  return (
    <ConsoleLayout title="Registrations" section="registrations" event={event} note={summary}>
      {registrations.length === 0 ? (
        <p class="empty">Nobody has registered yet. They appear here the moment they do.</p>
      ) : (
        <table class="table stacks">
          <thead>
            <tr>
              <th scope="col">Attendee</th>
              <th scope="col">Organisation</th>
              <th scope="col">State</th>
              <th scope="col">Registered</th>
            </tr>
          </thead>
          <tbody>
            {registrations.map((row) => (
              <tr key={row.id} class={row.state === 'cancelled' ? 'is-off' : undefined}>
                <th scope="row">
                  {row.name}
                  <small>{row.email}</small>
                </th>
                <td>
                  {row.organisation}
                  <small>{row.jobTitle}</small>
                </td>
                <td>
                  {states[row.state]}
                  {row.intent && <small>{intents[row.intent]}</small>}
                  {row.accessNeeds && <small>Needs: {row.accessNeeds}</small>}
                </td>
                <td class="when">{row.registered}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pages && (
        <nav class="pages" aria-label="Pages of the list">
          <p>{pages.text}</p>
          {pages.previousPath && <a href={pages.previousPath}>Previous page</a>}
          {pages.nextPath && <a href={pages.nextPath}>Next page</a>}
        </nav>
      )}
    </ConsoleLayout>
  );
}
