import type { Actor } from '../contracts/actor.ts';
import { notFound } from '../contracts/problem.ts';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import type { Deps } from '../deps.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { endSignIns } from './end-sign-ins.ts';
import { findOwnOpenSignIns } from './sign-in.queries.ts';

/** Ends one of the person's own sign-ins, or with `'others'` every one but this. */
export async function revokeSignIn(actor: Actor, id: string, deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const own = await findOwnOpenSignIns(actor, now);
  const others = 'signInId' in actor ? own.filter((signIn) => signIn._id !== actor.signInId) : [];
  const ending = id === 'others' ? others : own.filter((signIn) => signIn._id === id);
  if (ending.length === 0 && id !== 'others') throw notFound('that sign-in');
  await deps.transaction(async () => {
    await endSignIns(ending, now);
    const whose = whoseOf(actor);
    if (ending.length > 0 && whose)
      await addOutboxMessages([
        { message: { kind: 'viewing:ended', payload: whose }, options: { at: now, priority: 0 } },
      ]);
  });
}

/** The device that was ended may be somebody else's by now. The others ask for a new path and get one. */
function whoseOf(actor: Actor): OutboxPayload<'viewing:ended'> | null {
  if (actor.kind === 'member') return { by: 'member', memberId: actor.memberId };
  return actor.kind === 'attendee' ? { by: 'email', email: actor.email } : null;
}
