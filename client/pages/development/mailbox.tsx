import type { ShownTime } from '../../../server/contracts/dateline.ts';
import { Moment } from '../../components/local-time.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

/** Mail that was captured instead of sent; the page does not exist in production. */
export interface MailboxPageProps {
  messages: readonly CapturedMessage[];
}

export interface CapturedMessage {
  readonly path: string;
  readonly to: string;
  readonly subject: string;
  readonly sentAt: ShownTime;
  readonly hasInvite: boolean;
}

export function MailboxPage({ messages }: MailboxPageProps) {
  return (
    <PublicLayout title="Captured mail" hidden page="wrap mailbox">
      <header class="page-title">
        <h1>Captured mail</h1>
        <p class="lede">No mail server is set, so messages stay here instead of going out.</p>
      </header>
      {messages.length === 0 ? (
        <p class="empty">
          Nothing yet. <a href="/events">Register for an event</a> and its confirmation appears here.
        </p>
      ) : (
        <table class="table stacks">
          <thead>
            <tr>
              <th scope="col">Subject</th>
              <th scope="col">To</th>
              <th scope="col">Sent</th>
            </tr>
          </thead>
          <tbody>
            {messages.map((message) => (
              <tr key={message.path}>
                <th scope="row">
                  <a href={message.path}>{message.subject}</a>
                  {message.hasInvite && <small>With a calendar invite</small>}
                </th>
                <td>{message.to}</td>
                <td class="when">
                  <Moment time={message.sentAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </PublicLayout>
  );
}
