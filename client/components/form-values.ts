import type { FormState } from '../../server/contracts/form-state.ts';

export function typedValue(form: FormState, name: string): string {
  const value = form.values[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

export function chosenValues(form: FormState, name: string): readonly string[] {
  const value = form.values[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

export function errorOf(form: FormState, name: string): string | undefined {
  return form.errors.find((error) => error.field === name)?.message;
}

/** Id of the control, or of the first control of a group: where the error summary leads. */
export const fieldId = (name: string) => `field-${name}`;

/** Read out first, so that a person who cannot see the summary knows that the form came back. */
export function formTitle(form: FormState, title: string): string {
  return form.errors.length > 0 ? `Error: ${title}` : title;
}

export function describedBy(ids: readonly unknown[]): string | undefined {
  return ids.filter(Boolean).join(' ') || undefined;
}
