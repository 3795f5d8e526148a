import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { suppressAddress } from './suppress-address.ts';
import { saysNoSuchAddress } from './undeliverable.rules.ts';

/** Stops mail to an address whose server says, by an enhanced status, that there is no such address. */
export async function suppressRefusedAddress(
  actor: Actor,
  input: { readonly email: string; readonly status: string },
  deps: Deps,
): Promise<{ ok: true; isSuppressed: boolean }> {
  const { email, status } = input;
  if (!saysNoSuchAddress(status)) return { ok: true, isSuppressed: false };
  const address = {
    kind: 'undeliverable',
    organiserId: '',
    email: email.toLowerCase(),
    detail: status,
  } as const;
  await suppressAddress(actor, address, deps);
  return { ok: true, isSuppressed: true };
}
