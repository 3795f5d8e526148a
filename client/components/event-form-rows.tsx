import type { FormState } from '../../server/contracts/form-state.ts';
import { ChoiceBox } from './choices.tsx';
import { SelectField, TextArea, TextField } from './field.tsx';
import { chosenValues, fieldId } from './form-values.ts';
import { HiddenValue } from './hidden-value.tsx';

const kinds = [
  { value: 'text', label: 'A line of text' },
  { value: 'choice', label: 'One of several answers' },
  { value: 'multiple-choice', label: 'Any of several answers' },
];

const numbers = (rows: number) => Array.from({ length: rows }, (_, index) => index + 1);

export function QuestionRows({ form, rows }: { form: FormState; rows: number }) {
  return numbers(rows).map((row) => (
    <fieldset class="repeated" key={row}>
      <legend>Question {row}</legend>
      <HiddenValue form={form} name={`question-${row}-id`} />
      <TextField form={form} name={`question-${row}-label`} label="Question" />
      <SelectField
        form={form}
        name={`question-${row}-kind`}
        label="Answered with"
        options={kinds}
        width="medium"
      />
      <TextArea
        form={form}
        name={`question-${row}-options`}
        label="Answers to choose from"
        hint="One a line. Not needed for a line of text."
        rows={3}
      />
      <ChoiceBox
        id={fieldId(`question-${row}-required`)}
        type="checkbox"
        name={`question-${row}-required`}
        value="yes"
        checked={chosenValues(form, `question-${row}-required`).includes('yes')}
      >
        An answer is required
      </ChoiceBox>
    </fieldset>
  ));
}

export function ConsentRows({ form, rows }: { form: FormState; rows: number }) {
  return numbers(rows).map((row) => (
    <fieldset class="repeated" key={row}>
      <legend>Consent {row}</legend>
      <TextField
        form={form}
        name={`consent-${row}-purpose`}
        label="Purpose"
        hint="One or two words for your own lists, such as newsletter."
        width="medium"
      />
      <TextArea
        form={form}
        name={`consent-${row}-wording`}
        label="Wording"
        hint="Name who will write, and about what."
        rows={2}
      />
    </fieldset>
  ));
}

export function FaqRows({ form, rows }: { form: FormState; rows: number }) {
  return numbers(rows).map((row) => (
    <fieldset class="repeated" key={row}>
      <legend>Answer {row}</legend>
      <TextField form={form} name={`faq-${row}-question`} label="Question" />
      <TextArea form={form} name={`faq-${row}-answer`} label="Answer" hint="Markdown." rows={2} />
    </fieldset>
  ));
}
