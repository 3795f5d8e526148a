import { trusted } from 'mongoose';
import type { Pass } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
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
    await endSignIns(passes, deps.clock.now());
  });
}
