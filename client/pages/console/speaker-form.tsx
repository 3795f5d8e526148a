import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { PostButton } from '../../components/form-page.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { HiddenValue } from '../../components/hidden-value.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

/** Fields: name, pronouns, jobTitle, organisation, email, note, bio, revision. */
export interface SpeakerFormPageProps {
  event: ConsoleEvent;
  /** Null while adding. */
  speakerId: string | null;
  form: FormState;
}

export function SpeakerFormPage({ event, speakerId, form }: SpeakerFormPageProps) {
  const list = `${event.path}/speakers`;
  return (
    <ConsoleLayout title={speakerId ? 'Change a speaker' : 'Add a speaker'} section="speakers" event={event}>
      <div class="form-col">
        <ErrorSummary form={form} />
        <form method="post" action={speakerId ? `${list}/${speakerId}` : list} novalidate>
          {speakerId && <HiddenValue form={form} name="revision" />}
          <FormSection title="Who it is" note="Anyone can read this on the speaker’s page.">
            <TextField form={form} name="name" label="Full name" autocomplete="off" required />
            <TextField
              form={form}
              name="pronouns"
              label="Pronouns"
              autocomplete="off"
              width="medium"
              optional
            />
            <TextField form={form} name="jobTitle" label="Job title" autocomplete="off" />
            <TextField form={form} name="organisation" label="Organisation" autocomplete="off" />
            <TextArea
              form={form}
              name="note"
              label="In one sentence"
              hint="Stands beside the portrait on the event’s page."
              rows={2}
              optional
            />
            <TextArea
              form={form}
              name="bio"
              label="About them"
              hint="Markdown: # for a heading, - for a list, **bold**."
              rows={7}
              optional
            />
          </FormSection>
          <FormSection title="Their calendar" note="Only members of your organisation can read this.">
            <TextField
              form={form}
              name="email"
              label="Email for invites"
              hint="Never shown. Each session they speak at or lead goes into their calendar, and changes there by itself."
              type="email"
              inputmode="email"
              autocomplete="off"
              spellcheck={false}
              optional
            />
          </FormSection>
          <p class="submit">
            <button class="button" type="submit">
              {speakerId ? 'Save the speaker' : 'Add the speaker'}
            </button>{' '}
            <a class="more" href={list}>
              Back to the speakers
            </a>
          </p>
        </form>
        {speakerId && (
          <FormSection
            title="Remove"
            note="They disappear from the event and from its sessions, and their invites are withdrawn."
          >
            <PostButton action={`${list}/${speakerId}/remove`} text="Remove this speaker" look="danger" />
          </FormSection>
        )}
      </div>
    </ConsoleLayout>
  );
}
