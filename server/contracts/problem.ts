import { z } from 'zod';

/** Every way a request, page or live message can fail, by one code. Statuses are in `platform/http/problem-status.ts`. */
export const problemCode = z.enum([
  'bad-request',
  'not-signed-in',
  'second-factor-needed',
  'forbidden',
  'cross-site',
  'not-found',
  'gone',
  'conflict',
  'too-large',
  'unsupported-type',
  'invalid',
  'too-many-requests',
  'unavailable',
  'internal',
]);
export type ProblemCode = z.infer<typeof problemCode>;

/** Problem details, RFC 9457. `errors` names fields by JSON pointer. */
export const problemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: problemCode,
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});
export type ProblemDetails = z.infer<typeof problemDetails>;

/**
 * The one thing that is thrown on purpose. `message` is a sentence a person may read; never put names,
 * addresses or tokens in it, because it may be logged.
 */
export class AppError extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly details: { readonly retryAfterSeconds?: number; readonly cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
  }
}

export const notFound = (what: string) => new AppError('not-found', `We could not find ${what}.`);
