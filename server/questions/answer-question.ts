import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { roleMay } from '../organisers/permission.rules.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { listSessionsOfSpeaker } from '../sessions/session.queries.ts';
import { changeQuestion } from './change-question.ts';
import type { Question } from './question.model.ts';
import { getQuestionAt } from './question.queries.ts';
import { maySee } from './question.rules.ts';
import { tellQuestions } from './tell-question.ts';

export interface AnswerQuestionInput {
  readonly questionId: string;
  readonly text: string;
  readonly revision: number;
}

/** Answers a question in writing; the answer of one that waits in the queue shows when the question does. */
export async function answerQuestion(
  { event, me, actor, right }: InRoom,
  { text, ...looked }: AnswerQuestionInput,
  deps: Deps,
): Promise<void> {
  await deps.transaction(async () => {
    const isModerator = roleMay(right.role, 'live:moderate');
    const before = await getQuestionAt(event._id, looked);
    if (!isModerator) await requirePutTo(right.speakerId, before);
    if (before.state === 'archived')
      throw new AppError('conflict', 'This question was put away. Restore it to answer it.');
    const now = deps.clock.now();
    const state = before.state === 'queue' ? 'queue' : 'answered';
    const change = {
      set: { answer: { text, by: me.name, at: now }, state },
      action: 'question:answered',
      changes: { from: before.state, to: state },
    } as const;
    const after = await changeQuestion(actor, before, change, now);
    await tellQuestions(event._id, [{ before, after }], now);
  });
}

/** A speaker answers what a moderator put to them, and what was asked in their own session. */
async function requirePutTo(speakerId: string | null, question: Question): Promise<void> {
  if (!maySee('backstage', question)) throw notFound('that question');
  if (speakerId !== null && question.assignedTo === speakerId) return;
  const own = speakerId === null ? [] : await listSessionsOfSpeaker(speakerId);
  if (own.some(({ _id }) => _id === question.sessionId)) return;
  throw new AppError('forbidden', 'You can answer questions that are put to you or asked in your session.');
}
