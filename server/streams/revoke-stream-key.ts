import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import type { StageScope } from './stream-change.rules.ts';
import { StreamModel, type Stream } from './stream.model.ts';

/** As many old keys are remembered as revoked; older ones are simply unknown. */
const mostRevoked = 20;

/** Ends a stage's key; whoever publishes with it is cut off. Does nothing where the key was changed meanwhile. */
export async function revokeStreamKey(
  actor: Actor,
  { event, stageId, madeAt }: StageScope & { readonly madeAt: number },
  deps: Deps,
): Promise<void> {
  requirePermission(actor, 'stream:edit', event.organiserId);
  const at = deps.clock.now();
  await deps.transaction(async () => {
    const stream = await StreamModel.findOne({ eventId: event._id, stageId }).lean();
    if (!stream?.keyHash || stream.keyMadeAt?.getTime() !== madeAt) return;
    await retireKey(stream, at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'stream-key:revoked',
      subject: { noun: 'stream', id: stream._id },
    });
  });
}

/** Takes a key away and cuts its encoder off, in the transaction that read the stream. */
export async function retireKey(stream: Stream, at: Date): Promise<void> {
  if (!stream.keyHash) return;
  const revokedKeyHashes = [...stream.revokedKeyHashes, stream.keyHash].slice(-mostRevoked);
  await StreamModel.updateOne(
    { _id: stream._id },
    { $set: { revokedKeyHashes, keyMadeAt: null }, $unset: { keyHash: 1 } },
  );
  await addOutboxMessages([
    {
      message: {
        kind: 'stream:cut',
        payload: {
          streamId: stream._id,
          source: 'encoder',
          message: 'The stream key was changed. Ask for the new one.',
        },
      },
      options: { at, priority: 0 },
    },
  ]);
}
