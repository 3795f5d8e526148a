import { randomInt } from 'node:crypto';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../platform/new-id.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { hashToken, newToken } from '../platform/secrets/secret-box.ts';
import { SignInLinkModel } from './sign-in-link.model.ts';
import { linkLifeInMinutes } from './sign-in.rules.ts';

/**
 * Stores a link and a code for an address and the message that sends them. Nothing here looks at whether the
 * address is known, so neither the answer nor its timing can tell.
 */
export async function requestSignInLink(
  _actor: Actor,
  input: { readonly email: string; readonly next: string | null; readonly deviceToken: string },
  deps: Deps,
): Promise<{ readonly attempt: string }> {
  const now = deps.clock.now();
  const signInLinkId = newId();
  const token = newToken();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const sealed = deps.secrets.encrypt(
    'sign-in-mail',
    JSON.stringify({ email: input.email, token, code, path: `/sign-in/link/${token}` }),
  );
  await deps.transaction(async () => {
    await SignInLinkModel.create([
      {
        _id: signInLinkId,
        email: input.email,
        tokenHash: hashToken(token),
        codeHash: deps.secrets.sign('sign-in-code', `${signInLinkId} ${code}`),
        deviceHash: hashToken(input.deviceToken),
        next: input.next,
        createdAt: now,
        expiresAt: new Date(now.getTime() + linkLifeInMinutes * 60_000),
      },
    ]);
    await addOutboxMessages([
      {
        message: { kind: 'sign-in:requested', payload: { signInLinkId, sealed } },
        options: { at: now, priority: -1, dedupeKey: `sign-in ${signInLinkId}` },
      },
    ]);
  });
  return { attempt: signInLinkId };
}
