import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import type { Choice } from '../../../server/contracts/registration-question.ts';
import { Choices } from '../../components/choices.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { SelectField, TextArea, TextField } from '../../components/field.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { HiddenValue } from '../../components/hidden-value.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

/** Fields: segment, consent, subject, message, and attempt while new or revision afterwards. */
export interface MessageFormPageProps {
  event: ConsoleEvent;
  /** Null while new. */
  messagePath: string | null;
  form: FormState;
  segments: readonly Choice[];
  /** Purposes people may have agreed to; the first stands for none. */
  consents: readonly Choice[];
}

export function MessageFormPage({ event, messagePath, form, segments, consents }: MessageFormPageProps) {
  const list = `${event.path}/messages`;
  return (
    <ConsoleLayout
      title={messagePath ? 'Change a message' : 'Write a message'}
      section="messages"
      event={event}
    >
      <div class="form-col">
        <ErrorSummary form={form} />
        <form method="post" action={messagePath ? `${messagePath}/edit` : list} novalidate>
          <HiddenValue form={form} name={messagePath ? 'revision' : 'attempt'} />
          <FormSection
            title="Who it is for"
            note="To people who have a place, write only what is about this event. News of other events is marketing: it goes to those who agreed to it, and every mail has a way to unsubscribe."
          >
            <Choices
              form={form}
              name="segment"
              legend="Goes to"
              hint="Addresses that cannot be reached, or that unsubscribed, are left out."
              type="radio"
              options={segments}
            />
            {consents.length > 1 && (
              <SelectField
                form={form}
                name="consent"
                label="What they agreed to"
                hint="For marketing only."
                options={consents}
              />
            )}
          </FormSection>
          <FormSection title="What it says">
            <TextField form={form} name="subject" label="Subject" maxlength={160} required />
            <TextArea
              form={form}
              name="message"
              label="Message"
              hint="Markdown: **bold**, [a link](https://example.org), and lines that begin with a hyphen for a list. “Hello” and the name are added, and a link to the event."
              rows={12}
              required
            />
          </FormSection>
          <p class="submit">
            <button class="button" type="submit">
              Save and look at it
            </button>{' '}
            <a class="more" href={messagePath ?? list}>
              {messagePath ? 'Back to the message' : 'Back to the messages'}
            </a>
          </p>
        </form>
      </div>
    </ConsoleLayout>
  );
}
