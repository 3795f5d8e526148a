import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import type { Choice } from '../../../server/contracts/registration-question.ts';
import { ChoiceBox, Choices } from '../../components/choices.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { SelectField, TextArea, TextField } from '../../components/field.tsx';
import { PostButton } from '../../components/form-page.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { chosenValues, fieldId } from '../../components/form-values.ts';
import { HiddenValue } from '../../components/hidden-value.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

/**
 * Fields: title, kind, stage, date, startTime, endTime, summary, speakers and moderators (several), automatic (yes),
 * revision.
 */
export interface SessionFormPageProps {
  event: ConsoleEvent;
  /** Null while adding. */
  sessionId: string | null;
  form: FormState;
  kinds: readonly Choice[];
  /** Names in use, offered while typing. */
  stages: readonly string[];
  speakers: readonly Choice[];
  /** "BST": which zone the times are in. */
  zone: string;
  /** Only a draft's sessions can be removed; what people have seen is cancelled. */
  canRemove: boolean;
  isCancelled: boolean;
}

export function SessionFormPage(props: SessionFormPageProps) {
  const { event, sessionId, form } = props;
  const list = `${event.path}/sessions`;
  return (
    <ConsoleLayout title={sessionId ? 'Change a session' : 'Add a session'} section="sessions" event={event}>
      <div class="form-col">
        <ErrorSummary form={form} />
        <form method="post" action={sessionId ? `${list}/${sessionId}` : list} novalidate>
          {sessionId && <HiddenValue form={form} name="revision" />}
          <FormSection title="What it is">
            <TextField form={form} name="title" label="Title" maxlength={160} required />
            <SelectField form={form} name="kind" label="Kind" options={props.kinds} width="medium" />
            <TextArea form={form} name="summary" label="What people take away" rows={3} optional />
          </FormSection>
          <FormSection title="When and where" note={`Times are ${props.zone}.`}>
            <div class="field-row">
              <TextField form={form} name="date" label="Date" type="date" required />
              <TextField form={form} name="startTime" label="Starts" type="time" required />
              <TextField form={form} name="endTime" label="Ends" type="time" required />
            </div>
            <TextField
              form={form}
              name="stage"
              label="Stage"
              hint="Leave it empty for every stage, as with a break."
              suggestions={props.stages}
              width="medium"
            />
            <ChoiceBox
              id={fieldId('automatic')}
              type="checkbox"
              name="automatic"
              value="yes"
              checked={chosenValues(form, 'automatic').includes('yes')}
            >
              Goes live and ends by itself at these times
            </ChoiceBox>
          </FormSection>
          {props.speakers.length > 0 && (
            <FormSection title="Who speaks and leads">
              <Choices
                form={form}
                name="speakers"
                legend="Speakers"
                type="checkbox"
                options={props.speakers}
              />
              <Choices
                form={form}
                name="moderators"
                legend="Led by"
                hint="Whoever chairs it, keeps the time and puts the questions."
                type="checkbox"
                options={props.speakers}
              />
            </FormSection>
          )}
          <p class="submit">
            <button class="button" type="submit">
              {sessionId ? 'Save the session' : 'Add the session'}
            </button>{' '}
            <a class="more" href={list}>
              Back to the agenda
            </a>
          </p>
        </form>
        {sessionId && (
          <FormSection title="Links and files" note="What people find beside it in the live room.">
            <a href={`${list}/${sessionId}/resources`}>Change links and files</a>
          </FormSection>
        )}
        {sessionId && <TakeOff {...props} action={`${list}/${sessionId}`} />}
      </div>
    </ConsoleLayout>
  );
}

function TakeOff({ canRemove, isCancelled, action }: SessionFormPageProps & { action: string }) {
  if (canRemove) {
    return (
      <FormSection title="Remove" note="The session disappears from the agenda. Speakers stay in your list.">
        <PostButton action={`${action}/remove`} text="Remove this session" look="danger" />
      </FormSection>
    );
  }
  return isCancelled ? (
    <FormSection title="Cancelled" note="It stands on the agenda as cancelled.">
      <PostButton action={`${action}/reinstate`} text="Put it back on" look="line" />
    </FormSection>
  ) : (
    <FormSection
      title="Cancel"
      note="It stays on the agenda, marked as cancelled, and people are told with the next changes."
    >
      <PostButton action={`${action}/cancel`} text="Cancel this session" look="danger" />
    </FormSection>
  );
}
