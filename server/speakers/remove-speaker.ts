import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { SpeakerModel } from './speaker.model.ts';

/** Call once no session names the speaker. */
export async function removeSpeaker(
  actor: Actor,
  input: { readonly organiserId: string; readonly speakerId: string },
  deps: Deps,
): Promise<void> {
  const { organiserId, speakerId } = input;
  requirePermission(actor, 'speaker:edit', organiserId);
  await deps.transaction(async () => {
    await SpeakerModel.deleteOne({ _id: speakerId, organiserId });
    await recordAuditEntry(actor, {
      at: deps.clock.now(),
      organiserId,
      action: 'speaker:removed',
      subject: { noun: 'speaker', id: speakerId },
    });
  });
}
