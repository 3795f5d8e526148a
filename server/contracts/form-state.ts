/** What a form shows again after a mistake: everything the person typed, and one sentence for each field to mend. */
export interface FormState {
  /** Field name to what was typed; a list for checkboxes. */
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  readonly errors: readonly FieldError[];
}

/** `field` is the name of the control the error summary links to. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export const emptyForm: FormState = { values: {}, errors: [] };
