interface AskedOfAll {
  /** Name of the control that is posted. */
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  readonly required: boolean;
}

/** A question an organiser added to the registration form. */
export type RegistrationQuestion =
  | (AskedOfAll & { readonly kind: 'text' })
  | (AskedOfAll & { readonly kind: 'choice' | 'multiple-choice'; readonly options: readonly Choice[] });

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One purpose, one unticked box. `wording` is stored with the answer, so show it exactly as it is. */
export interface ConsentChoice {
  readonly name: string;
  readonly wording: string;
}
