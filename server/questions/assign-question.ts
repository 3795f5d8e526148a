import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import type { InRoom } from '../participants/enter-live-room.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { changeQuestion } from './change-question.ts';
import { getQuestionAt } from './question.queries.ts';
import { tellQuestions } from './tell-question.ts';

export interface AssignQuestionInput {
  readonly questionId: string;
  /** null: to nobody any more. */
  readonly speakerId: string | null;
  readonly revision: number;
}

/** Puts a question to one of the event's speakers. */
export async function assignQuestion(
  { event, actor }: Pick<InRoom, 'event' | 'actor'>,
  { speakerId, ...looked }: AssignQuestionInput,
  deps: Deps,
): Promise<void> {
  await deps.transaction(async () => {
    const before = await getQuestionAt(event._id, looked);
    const sessions = speakerId === null ? [] : await listSessionsOfEvent(event._id);
    const speaks = sessions.some(
      ({ speakerIds, moderatorIds }) =>
        speakerIds.some((id) => id === speakerId) || moderatorIds.some((id) => id === speakerId),
    );
    if (speakerId !== null && !speaks) throw notFound('that speaker');
    const now = deps.clock.now();
    const change = {
      set: { assignedTo: speakerId },
      action: 'question:assigned',
      changes: { from: before.assignedTo ?? null, to: speakerId },
    } as const;
    const after = await changeQuestion(actor, before, change, now);
    await tellQuestions(event._id, [{ before, after }], now);
  });
}
