import type { FormState } from '../../server/contracts/form-state.ts';
import { typedValue } from './form-values.ts';

/** Travels with a form and comes back as it was, such as the revision a person is editing. */
export function HiddenValue({ form, name }: { form: FormState; name: string }) {
  return <input type="hidden" name={name} value={typedValue(form, name)} />;
}
