import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import type { Choice } from '../../../server/contracts/registration-question.ts';
import { Choices } from '../../components/choices.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';
import { MessageState, type ShownMessageState } from './messages-state.tsx';

/** Fields of the form: reminders (several). */
export interface ConsoleMessagesPageProps {
  event: ConsoleEvent;
  messages: readonly ConsoleMessageRow[];
  reminders: readonly Choice[];
  form: FormState;
  canWrite: boolean;
  /** Who may see the page may not always change what is sent. */
  canSetReminders: boolean;
  /** Null when it is not the day, or not their job. */
  urgentPath: string | null;
  notice: string | null;
}

export interface ConsoleMessageRow {
  readonly id: string;
  readonly subject: string;
  /** Null for who may not open it. */
  readonly path: string | null;
  /** "Everyone who has a place" */
  readonly to: string;
  readonly state: ShownMessageState;
  /** "Planned for 9 March, 11:00", "9 March, 11:14" */
  readonly when: string;
  readonly counts: {
    readonly waiting: number;
    readonly sent: number;
    readonly setAside: number;
    readonly failed: number;
  };
}

export function ConsoleMessagesPage(props: ConsoleMessagesPageProps) {
  const { event, form, urgentPath } = props;
  return (
    <ConsoleLayout
      title="Messages"
      section="messages"
      event={event}
      actions={
        <>
          {urgentPath && (
            <a class="button line" href={urgentPath}>
              Send everyone an urgent message
            </a>
          )}
          {props.canWrite && (
            <a class="button" href={`${event.path}/messages/new`}>
              Write a message
            </a>
          )}
        </>
      }
    >
      <ErrorSummary form={form} />
      {props.notice && <Notice kind="good">{props.notice}</Notice>}
      <Messages messages={props.messages} />
      {event.state === 'cancelled' ? (
        <p class="hint">The event is cancelled, so no reminders are sent.</p>
      ) : (
        <Reminders {...props} />
      )}
    </ConsoleLayout>
  );
}

function Reminders({ event, form, reminders, canSetReminders }: ConsoleMessagesPageProps) {
  return (
    <div class="form-col after-table">
      <form method="post" action={`${event.path}/messages/reminders`} novalidate>
        <FormSection
          title="Reminders"
          note="Everyone who has a place gets what is ticked, with their link. If the event moves, people are reminded again."
        >
          <Choices
            form={form}
            name="reminders"
            legend="What is sent without anybody pressing a button"
            type="checkbox"
            options={reminders}
          />
        </FormSection>
        {canSetReminders && (
          <p class="submit">
            <button class="button" type="submit">
              Save the reminders
            </button>
          </p>
        )}
      </form>
    </div>
  );
}

function Messages({ messages }: Pick<ConsoleMessagesPageProps, 'messages'>) {
  if (messages.length === 0) return <p class="empty">You have written nothing yet.</p>;
  return (
    <table class="table stacks messages-table">
      <thead>
        <tr>
          <th scope="col">Message</th>
          <th scope="col">State</th>
          <th scope="col">When</th>
          <th scope="col">Mails</th>
        </tr>
      </thead>
      <tbody>
        {messages.map((message) => (
          <tr key={message.id}>
            <th scope="row">
              {message.path ? <a href={message.path}>{message.subject}</a> : message.subject}
              <small>{message.to}</small>
            </th>
            <td>
              <MessageState state={message.state} />
            </td>
            <td class="when">{message.when}</td>
            <td>
              {message.state === 'draft' || message.state === 'scheduled'
                ? ''
                : countsInWords(message.counts)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "410 sent, 2 failed" */
export function countsInWords(counts: ConsoleMessageRow['counts']): string {
  const parts = [
    [counts.sent, 'sent'],
    [counts.waiting, 'waiting'],
    [counts.setAside, 'left out'],
    [counts.failed, 'failed'],
  ] as const;
  return parts
    .filter(([count, word]) => count > 0 || word === 'sent')
    .map(([count, word]) => `${count.toLocaleString('en-GB')} ${word}`)
    .join(', ');
}
