import type { FeedbackForm } from '../contracts/feedback-form.ts';
import type { Deps } from '../deps.ts';
import type { Event } from '../events/event.queries.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { newId } from '../platform/new-id.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { FeedbackModel } from './feedback.model.ts';
import { feedbackStateAt } from './feedback.rules.ts';

export type GiveFeedbackResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'too-early' | 'closed' };

/** Keeps what the holder of a place says about the day, in place of what they said before. */
export async function giveFeedback(
  place: { readonly _id: string },
  { event, form }: { readonly event: Event; readonly form: FeedbackForm },
  { clock }: Pick<Deps, 'clock'>,
): Promise<GiveFeedbackResult> {
  const now = clock.now();
  const state = feedbackStateAt(event, await listSessionsOfEvent(event._id), now);
  if (state !== 'open') return { ok: false, reason: state };
  const write = () =>
    FeedbackModel.updateOne(
      { registrationId: place._id },
      {
        $set: { ...form, changedAt: now },
        $setOnInsert: { _id: newId(), eventId: event._id, createdAt: now },
      },
      { upsert: true },
    );
  // Two tabs that send at once both find nothing to change; the unique index lets one insert, the other then changes it.
  await write().catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error;
    return write();
  });
  return { ok: true };
}
