import { trusted } from 'mongoose';
import type { LiveAudience } from '../contracts/live-facts.ts';
import type { LivePoll, PollTally } from '../contracts/live-polls.ts';
import type { Mine } from '../contracts/live-messages.ts';
import { notFound } from '../contracts/problem.ts';
import { PollModel, type Poll } from './poll.model.ts';
import { PollVoteModel, PollWordModel } from './poll-vote.model.ts';
import { seesPoll, shownPoll, tallyOf, voterSeesTally } from './poll.rules.ts';

export type { Poll };

const mostWords = 50;

export async function getPollOfEvent(eventId: string, pollId: string): Promise<Poll> {
  const poll = await PollModel.findOne({ _id: pollId, eventId }).lean<Poll | null>();
  if (!poll) throw notFound('that poll');
  return poll;
}

/** The result as it stands, whoever may see it. */
export async function readTally(poll: Poll): Promise<PollTally> {
  if (poll.kind !== 'word') return tallyOf(poll, []);
  const words = await PollWordModel.find({ pollId: poll._id, votes: trusted({ $gt: 0 }) })
    .sort({ votes: -1, word: 1 })
    .limit(mostWords)
    .lean();
  return tallyOf(
    poll,
    words.map(({ word, votes }) => ({ word, votes })),
  );
}

/** The polls that this audience may see, with the result where it may see that. */
export async function listPollsOfRoom(eventId: string, audience: LiveAudience): Promise<LivePoll[]> {
  const polls = await PollModel.find({ eventId }).sort({ createdAt: 1, _id: 1 }).lean<Poll[]>();
  return Promise.all(
    polls
      .filter((poll) => seesPoll(audience, poll))
      .map(async (poll) => shownPoll(poll, await readTally(poll), audience)),
  );
}

/** What one person chose in the polls of an event, with the result where a voter may see it. */
export async function listOwnChoices(eventId: string, participantId: string): Promise<Mine['pollChoices']> {
  const votes = await PollVoteModel.find({ eventId, participantId }).lean();
  if (votes.length === 0) return [];
  const pollIds = votes.map(({ pollId }) => pollId);
  const polls = await PollModel.find({ eventId, _id: trusted({ $in: pollIds }) }).lean<Poll[]>();
  return Promise.all(
    polls.flatMap((poll) => {
      const vote = votes.find(({ pollId }) => pollId === poll._id);
      if (!vote) return [];
      const choice = { optionIds: [...vote.optionIds], word: vote.word ?? null };
      return [ownChoice(poll, choice)];
    }),
  );
}

const ownChoice = async (poll: Poll, choice: Mine['pollChoices'][number]['choice']) => ({
  pollId: poll._id,
  choice,
  tally: voterSeesTally(poll) ? await readTally(poll) : null,
});

export const hasVoted = async (pollId: string, participantId: string): Promise<boolean> =>
  (await PollVoteModel.exists({ pollId, participantId })) !== null;

/** Open polls whose time is up, the earliest first. */
export async function listDuePolls(now: Date, limit: number): Promise<Poll[]> {
  return PollModel.find({ state: 'open', closesAt: trusted({ $ne: null, $lte: now }) })
    .sort({ closesAt: 1, _id: 1 })
    .limit(limit)
    .lean<Poll[]>();
}

export const countPolls = (eventId: string): Promise<number> => PollModel.countDocuments({ eventId });

/** Each poll with every answer and how often it was given, one by one, for a file. */
export async function* listPollsForExport(
  eventId: string,
): AsyncGenerator<{ poll: Poll; answers: { text: string; votes: number }[] }> {
  const polls = await PollModel.find({ eventId }).sort({ createdAt: 1, _id: 1 }).lean<Poll[]>();
  for (const poll of polls) {
    const words =
      poll.kind === 'word'
        ? await PollWordModel.find({ pollId: poll._id, votes: trusted({ $gt: 0 }) })
            .sort({ votes: -1, word: 1 })
            .lean()
        : [];
    const options = poll.options.map(({ id, text }) => ({ text, votes: poll.counts[id] ?? 0 }));
    yield { poll, answers: [...options, ...words.map(({ word, votes }) => ({ text: word, votes }))] };
  }
}
