import type { QuestionMove } from '../contracts/live-questions.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { againOnDuplicate } from '../platform/database/again-on-duplicate.ts';
import { changeQuestion } from './change-question.ts';
import { QuestionModel } from './question.model.ts';
import { getQuestionAt } from './question.queries.ts';
import { stateAfter } from './question.rules.ts';
import { tellQuestions, type ChangedQuestion } from './tell-question.ts';

export interface MoveQuestionInput {
  readonly questionId: string;
  readonly move: QuestionMove;
  /** What the moderator was looking at. */
  readonly revision: number;
}

/** Moves a question along its states. One that is taken live ends the one before it on that stage as answered. */
export async function moveQuestion(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  input: MoveQuestionInput,
  deps: Deps,
): Promise<void> {
  await againOnDuplicate(() =>
    deps.transaction(async () => {
      const before = await getQuestionAt(event._id, input);
      const state = stateAfter(before, input.move);
      if (!state) throw new AppError('conflict', 'That cannot be done with this question as it is now.');
      const now = deps.clock.now();
      const told: ChangedQuestion[] = [];
      if (state === 'live') {
        const onNow = await QuestionModel.findOne({
          eventId: event._id,
          stageId: before.stageId ?? null,
          state: 'live',
        }).lean();
        if (onNow) {
          const answered = {
            set: { state: 'answered' },
            action: 'question:moved',
            changes: { move: 'answer', from: 'live', to: 'answered', instead: before._id },
          } as const;
          told.push({ before: onNow, after: await changeQuestion(actor, onNow, answered, now) });
        }
      }
      const change = {
        set: { state, archivedFrom: state === 'archived' ? before.state : null },
        action: 'question:moved',
        changes: { move: input.move, from: before.state, to: state },
      } as const;
      told.push({ before, after: await changeQuestion(actor, before, change, now) });
      await tellQuestions(event._id, told, now);
    }),
  );
}
