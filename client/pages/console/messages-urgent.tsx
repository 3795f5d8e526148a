import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { HiddenValue } from '../../components/hidden-value.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

/** Fields: subject, message, attempt. */
export interface UrgentMessagePageProps {
  event: ConsoleEvent;
  /** "412 people" */
  people: string;
  form: FormState;
}

export function UrgentMessagePage({ event, people, form }: UrgentMessagePageProps) {
  return (
    <ConsoleLayout title="Send everyone an urgent message" section="messages" event={event}>
      <div class="form-col">
        <ErrorSummary form={form} />
        <p class="lede">
          Goes to {people} at once, with the link that lets each of them in. Use it for what cannot wait.
        </p>
        <form method="post" action={`${event.path}/messages/urgent`} novalidate>
          <HiddenValue form={form} name="attempt" />
          <TextArea
            form={form}
            name="message"
            label="What they need to know"
            hint="Two sentences are enough."
            rows={4}
            required
          />
          <TextField form={form} name="subject" label="Subject" maxlength={160} required />
          <p class="submit">
            <button class="button danger" type="submit">
              Send it to {people} now
            </button>{' '}
            <a class="more" href={`${event.path}/messages`}>
              Send nothing
            </a>
          </p>
        </form>
      </div>
    </ConsoleLayout>
  );
}
