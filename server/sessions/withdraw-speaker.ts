import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { tellAgendaChanged } from '../events/tell-agenda-changed.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { removeSpeaker } from '../speakers/remove-speaker.ts';
import { getSpeakerOfOrganiser } from '../speakers/speaker.queries.ts';
import { SessionModel } from './session.model.ts';
import { partOf } from './session.queries.ts';

/** Takes a speaker off one event; who then speaks and leads nowhere leaves the organiser's list as well. */
export async function withdrawSpeaker(
  actor: Actor,
  input: { readonly organiserId: string; readonly eventId: string; readonly speakerId: string },
  deps: Deps,
): Promise<{ ok: true; isRemoved: boolean }> {
  const { organiserId, eventId, speakerId } = input;
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    await getSpeakerOfOrganiser(organiserId, speakerId);
    requirePermission(actor, 'speaker:edit', organiserId);
    await SessionModel.updateMany(
      { eventId, ...partOf(speakerId) },
      { $pull: { speakerIds: speakerId, moderatorIds: speakerId }, $inc: { revision: 1 } },
    );
    const at = deps.clock.now();
    if (event.publishedAt) await tellAgendaChanged(eventId, at);
    await recordAuditEntry(actor, {
      at,
      organiserId,
      action: 'speaker:withdrawn',
      subject: { noun: 'speaker', id: speakerId },
      changes: { eventId },
    });
    const isRemoved = (await SessionModel.exists(partOf(speakerId))) === null;
    if (isRemoved) await removeSpeaker(actor, { organiserId, speakerId }, deps);
    return { ok: true, isRemoved };
  });
}
