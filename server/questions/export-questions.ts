import { recordExport } from '../audit/record-export.ts';
import type { Actor } from '../contracts/actor.ts';
import type { LiveQuestion } from '../contracts/live-questions.ts';
import type { Deps } from '../deps.ts';
import type { Event } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { readQuestionsForExport } from './question.queries.ts';

export const questionColumns = [
  'Asked at',
  'Stage',
  'Session',
  'Question',
  'Asked by',
  'Organisation',
  'State',
  'Votes',
  'Merged into it',
  'Answer',
  'Answered by',
] as const;

const size = 500;

interface ExportQuestionsInput {
  readonly event: Pick<Event, '_id' | 'organiserId' | 'stages'>;
  readonly sessions: readonly { readonly _id: string; readonly title: string }[];
}

/** Every question, without a name where none was given; that it was taken is recorded first. */
export async function* exportQuestions(
  actor: Actor,
  { event, sessions }: ExportQuestionsInput,
  deps: Pick<Deps, 'clock' | 'transaction'>,
): AsyncGenerator<(string | number)[][]> {
  const { _id: eventId, organiserId } = event;
  requirePermission(actor, 'live:moderate', organiserId);
  await recordExport(actor, { event, what: 'questions' }, deps);
  const row = (question: LiveQuestion) => [
    question.askedAt,
    event.stages.find(({ id }) => id === question.stageId)?.name ?? '',
    sessions.find(({ _id }) => _id === question.sessionId)?.title ?? '',
    question.text,
    question.author?.name ?? 'Without a name',
    question.author?.organisation ?? '',
    question.state,
    question.votes,
    question.mergedCount,
    question.answer?.text ?? '',
    question.answer?.by ?? '',
  ];
  let rows: (string | number)[][] = [];
  for await (const question of readQuestionsForExport(eventId)) {
    rows.push(row(question));
    if (rows.length < size) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}
