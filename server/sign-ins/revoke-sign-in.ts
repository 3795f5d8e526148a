import type { Actor } from '../contracts/actor.ts';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { endSignIns } from './end-sign-ins.ts';
import { findOwnOpenSignIns } from './sign-in.queries.ts';

/** Ends one of the person's own sign-ins, or with `'others'` every one but this. */
export async function revokeSignIn(actor: Actor, id: string, deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const own = await findOwnOpenSignIns(actor, now);
  const others = 'signInId' in actor ? own.filter((signIn) => signIn._id !== actor.signInId) : [];
  const ending = id === 'others' ? others : own.filter((signIn) => signIn._id === id);
  if (ending.length === 0 && id !== 'others') throw notFound('that sign-in');
  await deps.transaction(() => endSignIns(ending, now));
}
