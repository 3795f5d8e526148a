import { z } from 'zod';

// Unicode categories Cc and Cs (control characters and halves of surrogate pairs) and the overrides that turn
// the direction of what follows: none belongs in a name, a header or a calendar line.
const unprintable = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u2028\u2029]+/gu;

/** One line of text as people type it: NFC, no control characters, trimmed, spaces collapsed. */
export const oneLine = (text: string): string =>
  text.toWellFormed().normalize('NFC').replace(unprintable, ' ').replace(/\s+/g, ' ').trim();

/** A required single-line field. `what` completes "Enter …". Lengths count characters as people see them. */
export const requiredText = (what: string, max: number) =>
  z
    .string({ error: `Enter ${what}` })
    .transform(oneLine)
    .refine((text) => text.length > 0, { error: `Enter ${what}` })
    .refine((text) => [...text].length <= max, { error: `Use ${max} characters or fewer` });

export const optionalText = (max: number) =>
  z
    .string({ error: 'Enter text' })
    .default('')
    .transform(oneLine)
    .refine((text) => [...text].length <= max, { error: `Use ${max} characters or fewer` });

/** Several lines; line breaks are kept as `\n`. */
export const longText = (max: number) =>
  z
    .string({ error: 'Enter text' })
    .default('')
    .transform((text) =>
      text
        .replace(/\r\n?/g, '\n')
        .split('\n')
        .map((line) => line.toWellFormed().normalize('NFC').replace(unprintable, ' ').trimEnd())
        .join('\n')
        .trim(),
    )
    .refine((text) => [...text].length <= max, { error: `Use ${max} characters or fewer` });

/** An address, trimmed and lower case. 254 octets is the longest that SMTP carries (RFC 5321, 4.5.3.1). */
export const emailAddress = z
  .string({ error: 'Enter your email address' })
  .transform((text) => text.trim().toLowerCase())
  .pipe(
    z
      .email({ error: 'Enter an email address in the form name@example.org' })
      .max(254, { error: 'Use an email address of 254 characters or fewer' }),
  );

/** The same, or '' when the field was left empty. */
export const optionalEmailAddress = z
  .string({ error: 'Enter an email address' })
  .default('')
  .transform((text) => text.trim())
  .pipe(
    z.union([z.literal(''), emailAddress], { error: 'Enter an email address in the form name@example.org' }),
  );
