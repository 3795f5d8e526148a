import type { ComponentChildren } from 'preact';
import type { FormState } from '../../server/contracts/form-state.ts';
import type { Choice } from '../../server/contracts/registration-question.ts';
import { FieldErrorMessage, Hint, Optional } from './field-message.tsx';
import { describedBy, errorOf, fieldId, typedValue } from './form-values.ts';

interface FieldProps {
  form: FormState;
  name: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  required?: boolean;
  /** Say "(optional)"; leave out where a whole group is optional. */
  optional?: boolean;
  width?: 'short' | 'medium' | 'full';
}

interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'date' | 'time' | 'datetime-local' | 'number' | 'url' | 'color';
  autocomplete?: string;
  inputmode?: 'text' | 'email' | 'numeric' | 'decimal';
  maxlength?: number;
  min?: number;
  spellcheck?: boolean;
  suggestions?: readonly string[];
}

export function TextField({ type = 'text', suggestions, ...props }: TextFieldProps) {
  const listId = suggestions ? `${fieldId(props.name)}-suggestions` : undefined;
  return (
    <FieldFrame {...props}>
      <input
        {...controlAttributes(props)}
        type={type}
        value={typedValue(props.form, props.name)}
        autocomplete={props.autocomplete}
        inputMode={props.inputmode}
        maxLength={props.maxlength}
        min={props.min}
        spellcheck={props.spellcheck}
        list={listId}
      />
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </FieldFrame>
  );
}

export function TextArea({ rows = 4, lang, ...props }: FieldProps & { rows?: number; lang?: string }) {
  return (
    <FieldFrame {...props}>
      <textarea {...controlAttributes(props)} rows={rows} lang={lang}>
        {typedValue(props.form, props.name)}
      </textarea>
    </FieldFrame>
  );
}

/** `options` without a value that stands for "none" makes a list that always has an answer. */
export function SelectField({ options, ...props }: FieldProps & { options: readonly Choice[] }) {
  const chosen = typedValue(props.form, props.name);
  return (
    <FieldFrame {...props}>
      <select {...controlAttributes(props)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

function controlAttributes({ form, name, hint, required, width }: FieldProps) {
  const id = fieldId(name);
  const error = errorOf(form, name);
  return {
    id,
    name,
    class: width && width !== 'full' ? `w-${width}` : undefined,
    required: required || undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': describedBy([hint && `${id}-hint`, error && `${id}-error`]),
  };
}

function FieldFrame({
  form,
  name,
  label,
  hint,
  optional,
  children,
}: FieldProps & { children: ComponentChildren }) {
  const id = fieldId(name);
  const error = errorOf(form, name);
  return (
    <div class={error ? 'field has-error' : 'field'}>
      <label for={id}>
        {label} {optional && <Optional />}
      </label>
      {hint && <Hint id={`${id}-hint`}>{hint}</Hint>}
      {error && <FieldErrorMessage id={`${id}-error`} message={error} />}
      {children}
    </div>
  );
}
