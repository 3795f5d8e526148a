import { trusted } from 'mongoose';
import type { Pass } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { endSignIns } from './end-sign-ins.ts';
import { SignInModel } from './sign-in.model.ts';

/** Ends a registration's passes of one kind, or all: it was cancelled or passed on, or its link was replaced. */
export async function revokePasses(
  registrationId: string,
  kind: Pass['kind'] | undefined,
  deps: Deps,
): Promise<void> {
  await deps.transaction(async () => {
    const passes = await SignInModel.find({
      registrationId,
      kind: trusted({ $in: kind ? [kind] : ['join', 'manage'] }),
      revokedAt: null,
    }).lean();
    const at = deps.clock.now();
    await endSignIns(passes, at);
    // Also where none was open: whoever was signed in by the address loses the place just so.
    const whose = { by: 'registration', registrationId } as const;
    await addOutboxMessages([
      { message: { kind: 'viewing:ended', payload: whose }, options: { at, priority: 0 } },
    ]);
  });
}
