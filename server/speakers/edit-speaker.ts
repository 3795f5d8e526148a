import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { SpeakerForm } from '../contracts/speaker-form.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { SpeakerModel } from './speaker.model.ts';
import { getSpeakerOfOrganiser, type Speaker } from './speaker.queries.ts';
import { speakerProfile } from './speaker.rules.ts';

export type EditSpeakerResult =
  | { readonly ok: true }
  /** `speaker` is what it is now. */
  | { readonly ok: false; readonly reason: 'edited-meanwhile'; readonly speaker: Speaker };

/** Saves the form of a speaker; the address of the page stays, whatever the name becomes. */
export async function editSpeaker(
  actor: Actor,
  input: { readonly organiserId: string; readonly speakerId: string; readonly form: SpeakerForm },
  deps: Deps,
): Promise<EditSpeakerResult> {
  const { organiserId, speakerId, form } = input;
  return deps.transaction(async () => {
    await getSpeakerOfOrganiser(organiserId, speakerId);
    requirePermission(actor, 'speaker:edit', organiserId);
    const written = await SpeakerModel.updateOne(
      { _id: speakerId, organiserId, revision: form.revision ?? -1 },
      { $set: speakerProfile(form), $inc: { revision: 1 } },
    );
    if (written.modifiedCount === 0)
      return {
        ok: false,
        reason: 'edited-meanwhile',
        speaker: await getSpeakerOfOrganiser(organiserId, speakerId),
      };
    await recordAuditEntry(actor, {
      at: deps.clock.now(),
      organiserId,
      action: 'speaker:edited',
      subject: { noun: 'speaker', id: speakerId },
    });
    return { ok: true };
  });
}
