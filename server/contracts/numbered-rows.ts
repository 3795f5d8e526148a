import { z } from 'zod';

/** 1 to `most`. */
export const rowNumbers = (most: number): readonly number[] =>
  Array.from({ length: most }, (_, index) => index + 1);

/**
 * Fields of rows that repeat in a form: `question-1-label`, `question-2-label` and so on. Each may be missing, so
 * each schema in `fields` must accept `undefined`; a row beyond `most` is an unknown field.
 */
export function numberedRows(
  name: string,
  most: number,
  fields: Readonly<Record<string, z.ZodType>>,
): Record<string, z.ZodType> {
  return Object.fromEntries(
    rowNumbers(most).flatMap((row) =>
      Object.entries(fields).map(([field, schema]) => [`${name}-${row}-${field}`, schema]),
    ),
  );
}

/** Ticked boxes of one name: one arrives as a string, several as a list, none not at all. */
export const tickedList = (most: number) =>
  z
    .union([z.string().transform((value) => [value]), z.array(z.string())], { error: 'Choose from the list' })
    .default([])
    .transform((values) => [...new Set(values)])
    .refine((values) => values.length <= most, { error: `Choose ${most} or fewer` });
