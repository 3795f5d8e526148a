import { trusted } from 'mongoose';
import { liveAudience, type LiveFact } from '../contracts/live-facts.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { againOnDuplicate } from '../platform/database/again-on-duplicate.ts';
import { newId } from '../platform/new-id.ts';
import { QuestionModel } from './question.model.ts';
import { QuestionVoteModel } from './question-vote.model.ts';
import { shownStates, votableStates } from './question.rules.ts';

export interface QuestionBallot {
  readonly questionId: string;
  readonly participantId: string;
  readonly isOn: boolean;
}
export type QuestionVoteResult = 'counted' | 'not-found' | 'is-over';

const pairOf = ({ questionId, participantId }: Omit<QuestionBallot, 'isOn'>) =>
  `${questionId} ${participantId}`;

/**
 * Counts what came in a moment in one transaction and one fact: votes, counts and the fact are all there or none.
 * The counts change by what was truly stored or taken back, so a vote sent twice counts once.
 */
export async function tallyQuestions(
  eventId: string,
  ballots: readonly QuestionBallot[],
  deps: Deps,
): Promise<QuestionVoteResult[]> {
  return againOnDuplicate(() =>
    deps.transaction(async () => {
      const questionIds = [...new Set(ballots.map(({ questionId }) => questionId))];
      const states = new Map(
        (await QuestionModel.find({ eventId, _id: trusted({ $in: questionIds }) }).lean()).map(
          ({ _id, state }) => [_id, state],
        ),
      );
      const results = ballots.map(({ questionId }): QuestionVoteResult => {
        const state = states.get(questionId);
        if (votableStates.some((votable) => votable === state)) return 'counted';
        return shownStates.some((shown) => shown === state) ? 'is-over' : 'not-found';
      });
      // Of two presses of one person the later one stands.
      const wanted = new Map(
        ballots.flatMap((ballot, index) =>
          results[index] === 'counted' ? [[pairOf(ballot), ballot] as const] : [],
        ),
      );
      const changes = await storeVotes(eventId, [...wanted.values()]);
      const fact = await countVotes(eventId, changes);
      await appendFacts(eventId, liveAudience.options, fact ? [fact] : [], deps.clock.now());
      return results;
    }),
  );
}

/** By how much the count of each question changes. */
async function storeVotes(
  eventId: string,
  ballots: readonly QuestionBallot[],
): Promise<ReadonlyMap<string, number>> {
  const changes = new Map<string, number>();
  if (ballots.length === 0) return changes;
  const stored = new Map(
    (
      await QuestionVoteModel.find({
        questionId: trusted({ $in: [...new Set(ballots.map(({ questionId }) => questionId))] }),
        participantId: trusted({ $in: [...new Set(ballots.map(({ participantId }) => participantId))] }),
      }).lean()
    ).map((vote) => [pairOf(vote), vote._id]),
  );
  const added = ballots.filter((ballot) => ballot.isOn && !stored.has(pairOf(ballot)));
  const takenBack = ballots.filter((ballot) => !ballot.isOn && stored.has(pairOf(ballot)));
  if (added.length > 0)
    await QuestionVoteModel.insertMany(
      added.map(({ questionId, participantId }) => ({ _id: newId(), eventId, questionId, participantId })),
    );
  if (takenBack.length > 0)
    await QuestionVoteModel.deleteMany({
      _id: trusted({ $in: takenBack.map((ballot) => stored.get(pairOf(ballot)) ?? '') }),
    });
  for (const [some, by] of [[added, 1] as const, [takenBack, -1] as const])
    for (const { questionId } of some) changes.set(questionId, (changes.get(questionId) ?? 0) + by);
  return changes;
}

async function countVotes(eventId: string, changes: ReadonlyMap<string, number>): Promise<LiveFact | null> {
  const votes: { id: string; votes: number }[] = [];
  for (const [questionId, by] of changes) {
    if (by === 0) continue;
    const counted = await QuestionModel.findOneAndUpdate(
      { _id: questionId, eventId, state: trusted({ $in: [...votableStates] }) },
      { $inc: { votes: by } },
      { returnDocument: 'after', projection: { votes: 1 } },
    ).lean();
    if (!counted) throw new Error('A question moved while its votes were counted');
    votes.push({ id: questionId, votes: counted.votes });
  }
  return votes.length > 0 ? { name: 'questions:tallied', votes } : null;
}
