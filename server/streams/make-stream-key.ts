import { randomBytes } from 'node:crypto';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requireStage } from '../live-rooms/stage.rules.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { hashToken } from '../platform/secrets/secret-box.ts';
import { selectSource } from './show-picture.ts';
import { openStream } from './open-stream.ts';
import { retireKey } from './revoke-stream-key.ts';
import type { StageScope } from './stream-change.rules.ts';
import { StreamModel } from './stream.model.ts';

/** 160 bits: nobody guesses one. */
const keyBytes = 20;

export type MadeStreamKey =
  /** Told this once; only its hash is kept. */
  { readonly ok: true; readonly key: string } | { readonly ok: false; readonly reason: 'made-meanwhile' };

/** Makes a stage's key for encoders, or a new one: whoever publishes with the old one is cut off. */
export async function makeStreamKey(
  actor: Actor,
  { event, stageId, madeAt }: StageScope & { readonly madeAt: number },
  deps: Deps,
): Promise<MadeStreamKey> {
  requirePermission(actor, 'stream:edit', event.organiserId);
  requireStage(event, stageId);
  const at = deps.clock.now();
  const key = randomBytes(keyBytes).toString('base64url');
  return deps.transaction(async () => {
    const stream = await openStream(event, stageId, at);
    if ((stream.keyMadeAt?.getTime() ?? 0) !== madeAt) return { ok: false, reason: 'made-meanwhile' };
    await retireKey(stream, at);
    await StreamModel.updateOne(
      { _id: stream._id },
      // Also within one millisecond another key is another one.
      { $set: { keyHash: hashToken(key), keyMadeAt: new Date(Math.max(at.getTime(), madeAt + 1)) } },
    );
    await selectSource(stream, at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'stream-key:made',
      subject: { noun: 'stream', id: stream._id },
    });
    return { ok: true, key };
  });
}
