import type { FormState } from '../../server/contracts/form-state.ts';
import { TextField } from './field.tsx';

/** A one-time code: typed, pasted or filled in by the device. */
export function CodeField({ form, label, hint }: { form: FormState; label: string; hint?: string }) {
  return (
    <div class="code-field">
      <TextField
        form={form}
        name="code"
        label={label}
        hint={hint}
        inputmode="numeric"
        autocomplete="one-time-code"
        spellcheck={false}
        width="short"
        required
      />
    </div>
  );
}
