import { recordExport } from '../audit/record-export.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import type { Event } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { listFeedbackOfEvent } from './feedback.queries.ts';

export const feedbackColumns = [
  'Overall (1 to 5)',
  'Most useful',
  'Could be better',
  'May be quoted',
  'Name',
] as const;

const size = 500;

/** Every answer, without a time and with a name only where its author put it there; that it was taken is recorded first. */
export async function* exportFeedback(
  actor: Actor,
  { event }: { readonly event: Event },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): AsyncGenerator<(string | number)[][]> {
  const { _id: eventId, organiserId } = event;
  requirePermission(actor, 'registration:read', organiserId);
  await recordExport(actor, { event, what: 'feedback' }, deps);
  for (let number = 1; ; number += 1) {
    const said = await listFeedbackOfEvent(eventId, { number, size });
    yield said.map(({ overall, useful, better, mayQuote, name }) => [
      overall,
      useful,
      better,
      mayQuote ? 'yes' : 'no',
      name ?? '',
    ]);
    if (said.length < size) return;
  }
}
