import type { FormState } from '../../server/contracts/form-state.ts';
import { FieldErrorMessage, Hint } from './field-message.tsx';
import { describedBy, errorOf, fieldId } from './form-values.ts';

interface FileFieldProps {
  form: FormState;
  /** Of the field in errors; what is sent is always called `file`. */
  name: string;
  label: string;
  hint: string;
  accept: string;
}

/** One file to send; its form is `multipart/form-data`. */
export function FileField({ form, name, label, hint, accept }: FileFieldProps) {
  const id = fieldId(name);
  const error = errorOf(form, name);
  return (
    <div class={error ? 'field has-error' : 'field'}>
      <label for={id}>{label}</label>
      <Hint id={`${id}-hint`}>{hint}</Hint>
      {error && <FieldErrorMessage id={`${id}-error`} message={error} />}
      <input
        id={id}
        name="file"
        type="file"
        accept={accept}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy([`${id}-hint`, error && `${id}-error`])}
      />
    </div>
  );
}
