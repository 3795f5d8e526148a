import { trusted } from 'mongoose';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getSessionOfEvent } from '../sessions/session.queries.ts';
import { getChoosingPlace } from './my-agenda.queries.ts';
import { canBeChosen } from './my-agenda.rules.ts';
import { RegistrationModel } from './registration.model.ts';

export type StarSessionResult =
  | { readonly ok: true }
  /** The place is not (or no longer) theirs to plan with; or the session is a break or cancelled. */
  | { readonly ok: false; readonly reason: 'not-confirmed' | 'not-to-choose' };

/**
 * Puts a session of the event into the holder's own agenda, or takes it out. Saying the same twice changes nothing.
 * The revision stays: a star must not overtake a form about the place that is open elsewhere.
 */
export async function starSession(
  actor: Actor,
  input: { readonly registrationId: string; readonly sessionId: string; readonly isStarred: boolean },
  deps: Deps,
): Promise<StarSessionResult> {
  const { sessionId, isStarred } = input;
  return deps.transaction(async () => {
    const place = await getChoosingPlace(actor, input.registrationId);
    const session = await getSessionOfEvent(place.eventId, sessionId);
    if (isStarred && !canBeChosen(session)) return { ok: false, reason: 'not-to-choose' };
    const at = deps.clock.now();
    const mine = { _id: place._id, email: place.email, status: 'confirmed' as const };
    const written = await RegistrationModel.updateOne(
      { ...mine, starredSessionIds: isStarred ? trusted({ $ne: sessionId }) : sessionId },
      {
        $set: { starsChangedAt: at },
        ...(isStarred
          ? { $addToSet: { starredSessionIds: sessionId } }
          : { $pull: { starredSessionIds: sessionId } }),
      },
    );
    if (written.modifiedCount === 0)
      return (await RegistrationModel.exists(mine)) ? { ok: true } : { ok: false, reason: 'not-confirmed' };
    await recordAuditEntry(actor, {
      at,
      organiserId: place.organiserId,
      action: isStarred ? 'registration:session-starred' : 'registration:session-unstarred',
      subject: { noun: 'registration', id: place._id },
      changes: { sessionId },
    });
    return { ok: true };
  });
}
