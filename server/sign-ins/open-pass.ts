import { trusted } from 'mongoose';
import type { Pass } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../platform/new-id.ts';
import { hashToken, newToken } from '../platform/secrets/secret-box.ts';
import { endSignIns } from './end-sign-ins.ts';
import { JoinDevicesModel } from './join-devices.model.ts';
import { SignInModel } from './sign-in.model.ts';
import { endOfSignIn, idleEndOfSignIn, isSignInOpen, joinDevicesPerRegistration } from './sign-in.rules.ts';

export interface PassRequest {
  readonly kind: Pass['kind'];
  readonly registrationId: string;
  readonly eventId: string;
  readonly eventEndsAt: Date;
  readonly device: string;
  /** Passes this browser holds already; one that fits is simply used again, so a second press takes no device. */
  readonly heldTokens: readonly string[];
}
export type OpenedPass =
  | { readonly ok: true; readonly pass: Pass; readonly token: string; readonly expiresAt: Date }
  | { readonly ok: false; readonly reason: 'over' };

/** Opens one registration on this device. Who may have it is the caller's to check: its link, and its state. */
export async function openPass(request: PassRequest, deps: Deps): Promise<OpenedPass> {
  const { kind, registrationId, eventId } = request;
  const now = deps.clock.now();
  const expiresAt = endOfSignIn(kind, now, request.eventEndsAt);
  if (expiresAt <= now) return { ok: false, reason: 'over' };
  const held = await findHeld(request, now);
  if (held) return { ok: true, ...held };
  const signInId = newId();
  const token = newToken();
  await deps.transaction(async () => {
    // First in the transaction: two devices that join at once meet on this document and one of them waits.
    if (kind === 'join') await takeDevice(registrationId, signInId, expiresAt, now);
    await SignInModel.create([
      {
        _id: signInId,
        tokenHash: hashToken(token),
        kind,
        registrationId,
        eventId,
        device: request.device,
        createdAt: now,
        lastSeenAt: now,
        idleExpiresAt: idleEndOfSignIn(kind, now, expiresAt),
        expiresAt,
      },
    ]);
  });
  return { ok: true, pass: { kind, registrationId, eventId, signInId }, token, expiresAt };
}

async function findHeld({ kind, registrationId, eventId, heldTokens }: PassRequest, now: Date) {
  const tokenOfHash = new Map(heldTokens.map((token) => [hashToken(token), token]));
  const signIn = await SignInModel.findOne({
    tokenHash: trusted({ $in: [...tokenOfHash.keys()] }),
    kind,
    registrationId,
    revokedAt: null,
  }).lean();
  const token = signIn && tokenOfHash.get(signIn.tokenHash);
  if (!signIn || !token || !isSignInOpen(signIn, now)) return null;
  return {
    pass: { kind, registrationId, eventId, signInId: signIn._id },
    token,
    expiresAt: signIn.expiresAt,
  };
}

/** Puts this pass last among the registration's devices; those that no longer fit end. */
async function takeDevice(
  registrationId: string,
  signInId: string,
  expiresAt: Date,
  now: Date,
): Promise<void> {
  const before = await JoinDevicesModel.findOneAndUpdate(
    { _id: registrationId },
    {
      $push: { signInIds: { $each: [signInId], $slice: -joinDevicesPerRegistration } },
      $set: { expiresAt },
    },
    { upsert: true, returnDocument: 'before' },
  ).lean();
  const devices = before?.signInIds ?? [];
  const crowdedOut = devices.slice(0, Math.max(0, devices.length + 1 - joinDevicesPerRegistration));
  await endSignIns(
    crowdedOut.map((_id) => ({ _id, kind: 'join' as const, registrationId })),
    now,
  );
}
