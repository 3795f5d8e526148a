import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { BackLink } from '../../components/back-link.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface ConsoleSuppressedPageProps {
  event: ConsoleEvent;
  people: readonly SuppressedPerson[];
  /** How many more there are than fit. */
  left: number;
  notice: string | null;
}

export interface SuppressedPerson {
  readonly registrationId: string;
  readonly kind: 'undeliverable' | 'complaint' | 'unsubscribed';
  readonly name: string;
  readonly email: string;
  /** What it means, in a sentence. */
  readonly reason: string;
  readonly since: string;
  /** True for what a member may take back. */
  readonly canAllow: boolean;
}

export function ConsoleSuppressedPage({ event, people, left, notice }: ConsoleSuppressedPageProps) {
  const path = `${event.path}/mail`;
  return (
    <ConsoleLayout title="Who is not written to" section="mail" event={event}>
      <BackLink href={path} text="Mail sent" />
      {notice && <Notice kind="good">{notice}</Notice>}
      <p class="hint">
        People with a place here whose address came back, who reported a mail as spam, or who want no news
        from you. What they ask for themselves, such as a sign-in link, reaches them all the same. A complaint
        or an “unsubscribe” is theirs to take back, by ticking a consent on the page of their place.
      </p>
      {people.length === 0 ? (
        <p class="empty">Everybody who has a place can be written to.</p>
      ) : (
        <table class="table stacks">
          <thead>
            <tr>
              <th scope="col">Attendee</th>
              <th scope="col">Why</th>
              <th scope="col">Since</th>
              <th scope="col">
                <span class="vh">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.kind + person.registrationId}>
                <th scope="row">
                  {person.name}
                  <small>{person.email}</small>
                </th>
                <td>{person.reason}</td>
                <td class="when">{person.since}</td>
                <td>
                  {person.canAllow && (
                    <form method="post" action={`${path}/suppressed/${person.registrationId}/allow`}>
                      <button class="button line small" type="submit">
                        Write to it again<span class="vh">: {person.email}</span>
                      </button>
                    </form>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {left > 0 && <p class="hint">And {left.toLocaleString('en-GB')} more.</p>}
    </ConsoleLayout>
  );
}
