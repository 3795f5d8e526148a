import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { againOnDuplicate } from '../platform/database/again-on-duplicate.ts';
import { newId } from '../platform/new-id.ts';
import { changeQuestion } from './change-question.ts';
import { QuestionVoteModel } from './question-vote.model.ts';
import { getQuestionAt, getQuestionOfEvent } from './question.queries.ts';
import { tellQuestions } from './tell-question.ts';

export interface MergeQuestionsInput {
  readonly questionId: string;
  readonly intoId: string;
  /** Of the one that goes. */
  readonly revision: number;
}

/** Puts a question away in favour of another that asks the same. Who voted for both counts once. */
export async function mergeQuestions(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  { intoId, ...looked }: MergeQuestionsInput,
  deps: Deps,
): Promise<void> {
  if (looked.questionId === intoId)
    throw new AppError('bad-request', 'Choose another question to merge it into.');
  await againOnDuplicate(() =>
    deps.transaction(async () => {
      const before = await getQuestionAt(event._id, looked);
      const intoBefore = await getQuestionOfEvent(event._id, intoId);
      if (before.state === 'archived' || intoBefore.state === 'archived')
        throw new AppError('conflict', 'A question that was put away cannot be merged.');
      const now = deps.clock.now();
      const put = {
        set: { state: 'archived', archivedFrom: before.state, mergedInto: intoId },
        action: 'question:merged',
        changes: { into: intoId, from: before.state },
      } as const;
      const after = await changeQuestion(actor, before, put, now);
      const votes = await passVotesOn(event._id, before._id, intoId);
      const gained = {
        set: {},
        votes,
        merged: 1 + before.mergedCount,
        action: 'question:gained',
        changes: { merged: before._id, votes },
      } as const;
      const intoAfter = await changeQuestion(actor, intoBefore, gained, now);
      const told = [
        { before, after },
        { before: intoBefore, after: intoAfter },
      ];
      await tellQuestions(event._id, told, now);
    }),
  );
}

/** How many voters the other question gains. */
async function passVotesOn(eventId: string, fromId: string, intoId: string): Promise<number> {
  const from = await QuestionVoteModel.distinct('participantId', { questionId: fromId });
  const into = await QuestionVoteModel.distinct('participantId', { questionId: intoId });
  const known = new Set(into);
  const gained = from.filter((participantId) => !known.has(participantId));
  if (gained.length > 0)
    await QuestionVoteModel.insertMany(
      gained.map((participantId) => ({ _id: newId(), eventId, questionId: intoId, participantId })),
    );
  return gained.length;
}
