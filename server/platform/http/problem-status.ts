import type { ProblemCode } from '../../contracts/problem.ts';

/** The one table from problem code to HTTP status and title. */
export const problemStatus: Readonly<
  Record<ProblemCode, { readonly status: number; readonly title: string }>
> = {
  'bad-request': { status: 400, title: 'We could not read that request' },
  'not-signed-in': { status: 401, title: 'Sign in first' },
  'second-factor-needed': { status: 403, title: 'One more step to sign in' },
  forbidden: { status: 403, title: 'You cannot do that' },
  'cross-site': { status: 403, title: 'That request came from another site' },
  'not-found': { status: 404, title: 'Page not found' },
  gone: { status: 410, title: 'That is no longer here' },
  conflict: { status: 409, title: 'Somebody else changed this' },
  'too-large': { status: 413, title: 'That is too large' },
  'unsupported-type': { status: 415, title: 'We cannot read that kind of content' },
  invalid: { status: 422, title: 'Something needs mending' },
  'too-many-requests': { status: 429, title: 'Too many tries' },
  unavailable: { status: 503, title: 'Not available just now' },
  internal: { status: 500, title: 'Something went wrong on our side' },
};
