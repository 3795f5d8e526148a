import type { z } from 'zod';
import type { FieldError, FormState } from '../../contracts/form-state.ts';

type FormResult<T> =
  { readonly ok: true; readonly input: T } | { readonly ok: false; readonly form: FormState };

/** Reads a posted form by its schema; on failure gives back what was typed with one sentence a field. */
export function readForm<S extends z.ZodType>(schema: S, body: unknown): FormResult<z.infer<S>> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return { ok: true, input: parsed.data };
  return { ok: false, form: { values: typedValues(body), errors: fieldErrors(parsed.error) } };
}

/** The same form again with sentences that only a use case could know, such as "that address is taken". */
export function refusedForm(body: unknown, ...errors: FieldError[]): FormState {
  return { values: typedValues(body), errors };
}

/** Keeps strings and lists of strings; whatever else a client sent is not something a person typed. */
export function typedValues(body: unknown): FormState['values'] {
  if (typeof body !== 'object' || body === null) return {};
  const typed: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(body as Record<string, unknown>)) {
    if (name === '__proto__') continue;
    if (typeof value === 'string' || isStringList(value)) typed[name] = value;
  }
  return typed;
}

function fieldErrors(error: z.ZodError): FieldError[] {
  const first = new Map<string, string>();
  for (const issue of error.issues) {
    const field =
      issue.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : issue.path.map(String).join('.');
    const message =
      issue.code === 'unrecognized_keys'
        ? 'This form has no such field. Reload the page and try again.'
        : issue.message;
    if (!first.has(field)) first.set(field, message);
  }
  return [...first].map(([field, message]) => ({ field, message }));
}

function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
