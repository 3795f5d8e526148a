import { AppError, type ProblemCode } from '../contracts/problem.ts';

const forForms: ReadonlySet<ProblemCode> = new Set([
  'invalid',
  'bad-request',
  'forbidden',
  'conflict',
  'gone',
  'too-many-requests',
  'unavailable',
]);

/** The sentence of a refusal that belongs beside the form; the rest is for the page of problems. */
export function refusedWith(error: unknown): string {
  if (error instanceof AppError && forForms.has(error.code)) return error.message;
  throw error;
}
