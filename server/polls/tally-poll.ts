import { trusted } from 'mongoose';
import type { PollChoice, PollTally } from '../contracts/live-polls.ts';
import type { Deps } from '../deps.ts';
import { againOnDuplicate } from '../platform/database/again-on-duplicate.ts';
import { newId } from '../platform/new-id.ts';
import { PollModel, type Poll } from './poll.model.ts';
import { PollVoteModel, PollWordModel } from './poll-vote.model.ts';
import { readTally } from './poll.queries.ts';
import { countChanges, isOpenAt, voterSeesTally } from './poll.rules.ts';
import { tellTally } from './tell-poll.ts';

export interface Ballot {
  readonly participantId: string;
  /** Checked against the poll already. */
  readonly choice: PollChoice;
}
export type PollVoteResult = { readonly ok: true; readonly tally: PollTally | null } | { readonly ok: false };

/**
 * Counts the votes of one moment in one transaction and one fact. The counting write holds only while the poll is
 * open, so a vote that races with the closing is counted or refused, never half.
 */
export async function tallyPoll(
  pollId: string,
  ballots: readonly Ballot[],
  deps: Deps,
): Promise<PollVoteResult[]> {
  return againOnDuplicate(() =>
    deps.transaction(async () => {
      const now = deps.clock.now();
      const poll = await PollModel.findOne({ _id: pollId }).lean<Poll | null>();
      if (!poll || !isOpenAt(poll, now)) return ballots.map(() => ({ ok: false }) as const);
      // Of two votes of one person the later one stands.
      const wanted = new Map(ballots.map(({ participantId, choice }) => [participantId, choice]));
      const counted = (await storeBallots(poll, wanted)) ?? poll;
      if (counted !== poll) await tellTally(counted, now);
      const tally = voterSeesTally(counted) ? await readTally(counted) : null;
      return ballots.map(() => ({ ok: true, tally }) as const);
    }),
  );
}

/** The poll with its new counts; null when everybody chose what they had chosen before. */
async function storeBallots(poll: Poll, wanted: ReadonlyMap<string, PollChoice>): Promise<Poll | null> {
  const pollId = poll._id;
  const stored = await PollVoteModel.find({
    pollId,
    participantId: trusted({ $in: [...wanted.keys()] }),
  }).lean();
  const before = new Map(
    stored.map(({ participantId, optionIds, word }) => [participantId, { optionIds, word: word ?? null }]),
  );
  const changed = [...wanted]
    .map(([participantId, after]) => ({ participantId, before: before.get(participantId) ?? null, after }))
    .filter((ballot) => !ballot.before || !isSame(ballot.before, ballot.after));
  if (changed.length === 0) return null;
  const fresh = changed.filter((ballot) => !ballot.before);
  if (fresh.length > 0)
    await PollVoteModel.insertMany(
      fresh.map(({ participantId, after }) => ({
        _id: newId(),
        eventId: poll.eventId,
        pollId,
        participantId,
        ...after,
      })),
    );
  for (const { participantId, after } of changed.filter((ballot) => ballot.before))
    await PollVoteModel.updateOne({ pollId, participantId }, { $set: after });
  return countBallots(poll, changed);
}

async function countBallots(poll: Poll, changed: Parameters<typeof countChanges>[0]): Promise<Poll> {
  const { voters, options, words } = countChanges(changed);
  for (const [word, votes] of words)
    await PollWordModel.updateOne(
      { pollId: poll._id, word },
      { $inc: { votes }, $setOnInsert: { _id: newId(), eventId: poll.eventId } },
      { upsert: true },
    );
  const counts = Object.fromEntries([...options].map(([id, by]) => [`counts.${id}`, by]));
  const counted = await PollModel.findOneAndUpdate(
    { _id: poll._id, state: 'open' },
    { $inc: { voters, ...counts } },
    { returnDocument: 'after' },
  ).lean<Poll | null>();
  if (!counted) throw new Error('A poll closed while its votes were counted');
  return counted;
}

const isSame = (one: PollChoice, other: PollChoice): boolean =>
  one.word === other.word &&
  one.optionIds.length === other.optionIds.length &&
  one.optionIds.every((id) => other.optionIds.includes(id));
