import type { ComponentChildren } from 'preact';
import type { FormState } from '../../server/contracts/form-state.ts';
import type { Choice } from '../../server/contracts/registration-question.ts';
import { FieldErrorMessage, Hint, Optional } from './field-message.tsx';
import { chosenValues, describedBy, errorOf, fieldId } from './form-values.ts';

interface ChoicesProps {
  form: FormState;
  name: string;
  legend: ComponentChildren;
  hint?: ComponentChildren;
  optional?: boolean | undefined;
  type: 'radio' | 'checkbox';
  options: readonly Choice[];
  /** Further fields of the same group. */
  children?: ComponentChildren;
}

/** One question with several answers: a fieldset, so that the question is read with each answer. */
export function Choices({ form, name, legend, hint, optional, type, options, children }: ChoicesProps) {
  const id = fieldId(name);
  const error = errorOf(form, name);
  const chosen = chosenValues(form, name);
  return (
    <fieldset
      class={error ? 'group has-error' : 'group'}
      aria-describedby={describedBy([hint && `${id}-hint`, error && `${id}-error`])}
    >
      <legend>
        <h2>
          {legend} {optional && <Optional />}
        </h2>
      </legend>
      {hint && <Hint id={`${id}-hint`}>{hint}</Hint>}
      {error && <FieldErrorMessage id={`${id}-error`} message={error} />}
      <div class="choices">
        {options.map((option, index) => (
          <ChoiceBox
            key={option.value}
            id={index === 0 ? id : `${id}-${index}`}
            type={type}
            name={name}
            value={option.value}
            checked={chosen.includes(option.value)}
          >
            {option.label}
          </ChoiceBox>
        ))}
      </div>
      {children}
    </fieldset>
  );
}

interface ChoiceBoxProps {
  id: string;
  type: 'radio' | 'checkbox';
  name: string;
  value: string;
  checked: boolean;
  children: ComponentChildren;
}

export function ChoiceBox({ id, type, name, value, checked, children }: ChoiceBoxProps) {
  return (
    <label class="choice" for={id}>
      <input type={type} id={id} name={name} value={value} checked={checked} />
      <span>{children}</span>
    </label>
  );
}
