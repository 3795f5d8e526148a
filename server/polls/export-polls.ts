import { recordExport } from '../audit/record-export.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import type { Event } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { listPollsForExport } from './poll.queries.ts';

export const pollColumns = [
  'Poll',
  'Stage',
  'Kind',
  'State',
  'Opened at',
  'Closed at',
  'People who voted',
  'Answer',
  'Votes',
] as const;

/** The result of every poll as counts, one row an answer. Who chose what is in no file: votes are secret. */
export async function* exportPolls(
  actor: Actor,
  { event }: { readonly event: Pick<Event, '_id' | 'organiserId' | 'stages'> },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): AsyncGenerator<(string | number)[][]> {
  const { _id: eventId, organiserId } = event;
  requirePermission(actor, 'live:moderate', organiserId);
  await recordExport(actor, { event, what: 'polls' }, deps);
  for await (const { poll, answers } of listPollsForExport(eventId))
    yield answers.map(({ text, votes }) => [
      poll.question,
      event.stages.find(({ id }) => id === poll.stageId)?.name ?? '',
      poll.kind,
      poll.state,
      poll.openedAt?.toISOString() ?? '',
      poll.closedAt?.toISOString() ?? '',
      poll.voters,
      text,
      votes,
    ]);
}
