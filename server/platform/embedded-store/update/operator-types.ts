/** What every operator of one update may need besides its operand. */
export interface UpdateContext {
  now: Date;
}

/** Gives the new value of a field, or the old one to leave it; `undefined` stands for a missing field. */
export type Change = (value: unknown) => unknown;

/** Checks an operand once per command and gives the change it makes. */
export type FieldOperator = (operand: unknown, path: string, context: UpdateContext) => Change;
