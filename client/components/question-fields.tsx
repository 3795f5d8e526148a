import type { FormState } from '../../server/contracts/form-state.ts';
import type { ConsentChoice, RegistrationQuestion } from '../../server/contracts/registration-question.ts';
import { ChoiceBox, Choices } from './choices.tsx';
import { Hint } from './field-message.tsx';
import { TextField } from './field.tsx';
import { chosenValues, fieldId } from './form-values.ts';

/** What one organiser asks beyond the questions that everybody gets. */
export function QuestionFields({
  form,
  questions,
}: {
  form: FormState;
  questions: readonly RegistrationQuestion[];
}) {
  return questions.map((question) => {
    if (question.kind === 'text') {
      return (
        <div class="group" key={question.name}>
          <TextField
            form={form}
            name={question.name}
            label={question.label}
            hint={question.hint}
            required={question.required}
            optional={!question.required}
          />
        </div>
      );
    }
    return (
      <Choices
        key={question.name}
        form={form}
        name={question.name}
        legend={question.label}
        hint={question.hint}
        optional={!question.required}
        type={question.kind === 'choice' ? 'radio' : 'checkbox'}
        options={question.options}
      />
    );
  });
}

/** Each purpose has a box of its own and starts empty: consent is never assumed. */
export function ConsentFields({ form, consents }: { form: FormState; consents: readonly ConsentChoice[] }) {
  if (consents.length === 0) return null;
  return (
    <fieldset class="group" aria-describedby="consents-hint">
      <legend>
        <h2>Other emails, only if you want them</h2>
      </legend>
      <Hint id="consents-hint">
        Leave these empty and you still get your place. You can change your mind in My places.
      </Hint>
      <div class="choices consents">
        {consents.map((consent) => (
          <ChoiceBox
            key={consent.name}
            id={fieldId(consent.name)}
            type="checkbox"
            name={consent.name}
            value="yes"
            checked={chosenValues(form, consent.name).includes('yes')}
          >
            {consent.wording}
          </ChoiceBox>
        ))}
      </div>
    </fieldset>
  );
}
