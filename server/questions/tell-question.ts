import { liveAudience, type LiveFact } from '../contracts/live-facts.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import type { Question } from './question.model.ts';
import { looksTheSame, maySee, shownQuestion } from './question.rules.ts';

/** One question before and after a change; `before` null: it is new. */
export interface ChangedQuestion {
  readonly before: Question | null;
  readonly after: Question;
}

/** Tells each audience what it may know of changed questions, in one append each. Call in the transaction of the change. */
export async function tellQuestions(
  eventId: string,
  changes: readonly ChangedQuestion[],
  at: Date,
): Promise<void> {
  for (const audience of liveAudience.options) {
    const facts = changes.flatMap(({ before, after }): LiveFact[] => {
      const saw = before !== null && maySee(audience, before);
      if (!maySee(audience, after)) return saw ? [{ name: 'question:removed', questionId: after._id }] : [];
      const question = shownQuestion(after, audience);
      // Who changes questions must know the revision, whatever it was for.
      if (audience === 'viewers' && saw && looksTheSame(shownQuestion(before, audience), question)) return [];
      return [{ name: 'question:changed', question }];
    });
    await appendFacts(eventId, [audience], facts, at);
  }
}
