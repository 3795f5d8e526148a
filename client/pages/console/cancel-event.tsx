import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextArea } from '../../components/field.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

/** Fields: reason. */
export interface CancelEventPageProps {
  event: ConsoleEvent;
  /** People who hold a place and will be told. */
  peopleTouched: number;
  form: FormState;
}

export function CancelEventPage({ event, peopleTouched, form }: CancelEventPageProps) {
  const people = peopleTouched === 1 ? 'one person' : `${peopleTouched.toLocaleString('en-GB')} people`;
  return (
    <ConsoleLayout title="Cancel this event" section="overview" event={event}>
      <div class="form-col">
        <ErrorSummary form={form} />
        <p class="lede">
          {peopleTouched === 0
            ? `Nobody has a place at ${event.title} yet, so nobody is told.`
            : `${event.title} is taken off the calendar, and ${people} who have a place are told by email. Their calendar entries are withdrawn.`}
        </p>
        <form method="post" action={`${event.path}/cancel`} novalidate>
          <TextArea
            form={form}
            name="reason"
            label="What to tell them"
            hint="Goes into the email and on to the event’s page, word for word."
            rows={4}
            optional
          />
          <p class="submit">
            <button class="button danger" type="submit">
              {peopleTouched === 0 ? 'Cancel the event' : `Cancel the event and tell ${people}`}
            </button>{' '}
            <a class="more" href={event.path}>
              Keep the event
            </a>
          </p>
        </form>
      </div>
    </ConsoleLayout>
  );
}
