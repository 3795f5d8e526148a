import { z } from 'zod';
import { emailAddress, oneLine } from './form-text.ts';

/** Where to go afterwards. Checked by `ownPath` before it is used, so a wrong one is dropped, not complained of. */
const next = z.string().optional().catch(undefined);

const digits = z
  .string({ error: 'Enter the six-digit code' })
  .transform((text) => text.replace(/[\s-]/g, ''))
  .refine((text) => /^[0-9]{6}$/.test(text), { error: 'Enter the six digits of the code' });

export const signInForm = z.strictObject({ email: emailAddress, next });

/** Behind an emailed link; 43 base64url characters are 256 bits. `code` comes from a browser that did not ask. */
export const signInLinkForm = z.strictObject({
  token: z.string().max(200),
  code: digits.optional(),
});

export const signInCodeForm = z.strictObject({ attempt: z.string().max(64), code: digits });

/** Either the six digits of the app or one recovery code. */
export const secondFactorForm = z
  .strictObject({
    code: z.string({ error: 'Enter the six digits of the code' }).max(40).default(''),
    recoveryCode: z.string({ error: 'Enter one recovery code' }).max(80).transform(oneLine).default(''),
    next,
  })
  .transform((form, context) => {
    if (form.recoveryCode !== '')
      return { kind: 'recovery' as const, code: form.recoveryCode, next: form.next };
    const code = digits.safeParse(form.code);
    if (code.success) return { kind: 'totp' as const, code: code.data, next: form.next };
    context.addIssue({ code: 'custom', path: ['code'], message: 'Enter the six digits of the code' });
    return z.NEVER;
  });

export const enrolmentForm = z.strictObject({ code: digits, next });
