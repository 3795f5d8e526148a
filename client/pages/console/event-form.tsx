import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import type { ShownPendingUpdate } from '../../../server/contracts/pending-update.ts';
import type { Choice } from '../../../server/contracts/registration-question.ts';
import { ChoiceBox, Choices } from '../../components/choices.tsx';
import { ConsentRows, FaqRows, QuestionRows } from '../../components/event-form-rows.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { SelectField, TextArea, TextField } from '../../components/field.tsx';
import { chosenValues, fieldId } from '../../components/form-values.ts';
import { FormSection } from '../../components/form-section.tsx';
import { HiddenValue } from '../../components/hidden-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { PendingUpdate } from '../../components/pending-update.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

/**
 * Fields: title, slug, summary, description, topics (several), series, date, startTime, endTime, timeZone, capacity,
 * registrationOpensAt and registrationClosesAt (wall times), accent, stages (one a line), onDemand (yes), revision
 * while editing; and for each row n from 1 question-n-id, question-n-label, question-n-kind (text, choice,
 * multiple-choice), question-n-options (one a line), question-n-required (yes); consent-n-purpose,
 * consent-n-wording; faq-n-question, faq-n-answer. Rows left empty are no rows.
 */
export interface EventFormPageProps {
  /** Null while creating. */
  event: ConsoleEvent | null;
  /** Where the form posts. */
  action: string;
  form: FormState;
  topics: readonly Choice[];
  timeZones: readonly Choice[];
  /** How many rows to show: those that are filled, and one or two empty ones. */
  questionRows: number;
  consentRows: number;
  faqRows: number;
  /** "Saved." after a change. */
  notice: string | null;
  pendingUpdate: ShownPendingUpdate | null;
}

export function EventFormPage(props: EventFormPageProps) {
  const { event, form } = props;
  return (
    <ConsoleLayout
      title={event ? 'Event page' : 'Create an event'}
      section={event ? 'page' : 'events'}
      event={event ?? undefined}
      note={event ? 'What people see before the day.' : 'Nobody sees it until you publish it.'}
      actions={
        event && (
          <a class="button line" href={event.publicPath}>
            See the page
          </a>
        )
      }
    >
      <div class="form-col">
        <ErrorSummary form={form} />
        {props.notice && <Notice kind="good">{props.notice}</Notice>}
        {event && <PendingUpdate update={props.pendingUpdate} path={event.path} />}
        <form method="post" action={props.action} novalidate>
          {event && <HiddenValue form={form} name="revision" />}
          <WhatItIs form={form} topics={props.topics} />
          <WhenItIs form={form} timeZones={props.timeZones} />
          <PlacesAndRegistration form={form} />
          <FormSection
            title="Questions on the form"
            note="Name, email, organisation and job title are always asked. Save to get more rows."
          >
            <QuestionRows form={form} rows={props.questionRows} />
          </FormSection>
          <FormSection
            title="Consents"
            note="One box for each purpose, never ticked for the person. The wording is kept with each answer."
          >
            <ConsentRows form={form} rows={props.consentRows} />
          </FormSection>
          <FormSection title="Questions people ask" note="Shown at the end of the event’s page.">
            <FaqRows form={form} rows={props.faqRows} />
          </FormSection>
          <p class="submit">
            <button class="button" type="submit">
              {event ? 'Save the event' : 'Create the event'}
            </button>
          </p>
        </form>
      </div>
    </ConsoleLayout>
  );
}

function WhatItIs({ form, topics }: Pick<EventFormPageProps, 'form' | 'topics'>) {
  return (
    <FormSection title="What it is">
      <TextField form={form} name="title" label="Event name" maxlength={120} required />
      <TextField
        form={form}
        name="slug"
        label="Address"
        hint="The end of the page’s address: small letters, figures and hyphens. Leave it empty to have it made from the name."
        spellcheck={false}
        width="medium"
      />
      <TextArea
        form={form}
        name="summary"
        label="Who it is for, in two sentences"
        hint="Shown first on the page and in search results."
        rows={3}
      />
      <TextArea
        form={form}
        name="description"
        label="Description"
        hint="Markdown: # for a heading, - for a list, **bold**."
        rows={8}
        optional
      />
      <TextField
        form={form}
        name="accent"
        label="Accent colour"
        width="short"
        hint="Such as #0b5c63. Made lighter or darker where it would be hard to read."
        spellcheck={false}
        optional
      />
      {topics.length > 0 && (
        <Choices form={form} name="topics" legend="Topics" type="checkbox" options={topics} optional />
      )}
      <TextField
        form={form}
        name="series"
        label="Series"
        hint="Such as “Digital Services”. Events of the same series share a calendar that people can subscribe to."
        maxlength={80}
        width="medium"
        optional
      />
    </FormSection>
  );
}

function WhenItIs({ form, timeZones }: Pick<EventFormPageProps, 'form' | 'timeZones'>) {
  return (
    <FormSection title="When it is">
      <div class="field-row">
        <TextField form={form} name="date" label="Date" type="date" required />
        <TextField form={form} name="startTime" label="Starts" type="time" required />
        <TextField form={form} name="endTime" label="Ends" type="time" required />
      </div>
      <SelectField
        form={form}
        name="timeZone"
        label="Time zone"
        options={timeZones}
        hint="Every time on this page is a time there."
        required
      />
      <TextArea
        form={form}
        name="stages"
        label="Stages"
        hint="One a line, in the order of their columns. A changed line renames its stage."
        rows={3}
        optional
      />
      <ChoiceBox
        id={fieldId('onDemand')}
        type="checkbox"
        name="onDemand"
        value="yes"
        checked={chosenValues(form, 'onDemand').includes('yes')}
      >
        People can find it under “Watch again” when it is over
      </ChoiceBox>
    </FormSection>
  );
}

function PlacesAndRegistration({ form }: Pick<EventFormPageProps, 'form'>) {
  return (
    <FormSection title="Places and registration">
      <TextField
        form={form}
        name="capacity"
        label="Places"
        type="number"
        inputmode="numeric"
        min={1}
        width="short"
        hint="Leave it empty for no limit."
        optional
      />
      <div class="field-row">
        <TextField
          form={form}
          name="registrationOpensAt"
          label="Registration opens"
          type="datetime-local"
          optional
        />
        <TextField
          form={form}
          name="registrationClosesAt"
          label="Registration closes"
          type="datetime-local"
          optional
        />
      </div>
    </FormSection>
  );
}
