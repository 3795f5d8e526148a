import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextField } from '../../components/field.tsx';
import { PostButton } from '../../components/form-page.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';
import { MessageState, type ShownMessageState } from './messages-state.tsx';

/** Fields of the schedule: date, time. */
export interface MessagePageProps {
  event: ConsoleEvent;
  path: string;
  subject: string;
  /** "Everyone who has a place" */
  to: string;
  /** "About this event", "Marketing" */
  kind: string;
  state: ShownMessageState;
  /** "410 sent, 2 waiting", "Tuesday 9 March 2027, 11:00 GMT"; '' for a draft. */
  progress: string;
  /** How many it goes to now, and in words: "412 people". Sent with the press, so that it is what was seen. */
  count: number;
  people: string;
  revision: number;
  /** "GMT" */
  zone: string;
  /** Where the HTML part is served on its own. */
  htmlPath: string;
  text: string;
  form: FormState;
  notice: { text: string; kind: 'good' | 'soon' } | null;
}

export function MessagePage(props: MessagePageProps) {
  const { event, path, subject, state } = props;
  return (
    <ConsoleLayout
      title={subject}
      section="messages"
      event={event}
      actions={
        state === 'draft' && (
          <>
            <a class="button line" href={`${path}/edit`}>
              Change it
            </a>
            <PostButton action={`${path}/test`} text="Send a test to yourself" look="line" />
          </>
        )
      }
    >
      <ErrorSummary form={props.form} />
      {props.notice && <Notice kind={props.notice.kind}>{props.notice.text}</Notice>}
      <Facts
        look="in-facts"
        facts={[
          { term: 'State', value: <MessageState state={state} /> },
          { term: 'To', value: props.to },
          { term: 'Kind', value: props.kind },
          ...(props.progress ? [{ term: 'Mails', value: props.progress }] : []),
        ]}
      />
      <div class="cols">
        <div>
          <section aria-labelledby="html-title">
            <h2 id="html-title">As it looks</h2>
            <iframe
              class="mail-preview"
              src={props.htmlPath}
              title={`The message “${subject}”`}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
            />
          </section>
          <section aria-labelledby="text-title">
            <h2 id="text-title">As text</h2>
            <pre class="mail-text">{props.text}</pre>
          </section>
        </div>
        <div class="message-steps">{state === 'draft' ? <Send {...props} /> : <Stop {...props} />}</div>
      </div>
    </ConsoleLayout>
  );
}

function Send({ path, count, people, revision, zone, form }: MessagePageProps) {
  const seen = { count: String(count), revision: String(revision) };
  return (
    <>
      <FormSection
        title="Send it now"
        note={count === 0 ? 'Nobody is in this group yet.' : `This goes to ${people}.`}
      >
        {count > 0 && <PostButton action={`${path}/send`} text={`Send it to ${people}`} fields={seen} />}
      </FormSection>
      <FormSection
        title="Or plan it"
        note={`Times are ${zone}. It goes to whoever is in the group then: ${count === 0 ? 'nobody' : people} today.`}
      >
        <form method="post" action={`${path}/schedule`} novalidate>
          {Object.entries(seen).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div class="field-row">
            <TextField form={form} name="date" label="Date" type="date" required />
            <TextField form={form} name="time" label="Time" type="time" required />
          </div>
          <button class="button line" type="submit">
            Plan it
          </button>
        </form>
      </FormSection>
    </>
  );
}

function Stop({ path, state }: MessagePageProps) {
  if (state === 'scheduled')
    return (
      <FormSection title="Take it back" note="It becomes a draft again, and nobody gets it.">
        <PostButton action={`${path}/stop`} text="Take it back" look="danger" />
      </FormSection>
    );
  if (state !== 'sending') return null;
  return (
    <FormSection title="Stop it" note="What has left cannot be called back. The rest is not sent.">
      <PostButton action={`${path}/stop`} text="Stop sending" look="danger" />
    </FormSection>
  );
}
