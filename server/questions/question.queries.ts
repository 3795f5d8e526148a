import { trusted, type QueryFilter } from 'mongoose';
import type { LiveAudience } from '../contracts/live-facts.ts';
import type { LiveQuestion } from '../contracts/live-questions.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import { QuestionModel, type Question } from './question.model.ts';
import { QuestionVoteModel } from './question-vote.model.ts';
import { maySee, shownQuestion, shownStates } from './question.rules.ts';

export type { Question };

const whatTheySee: Readonly<Record<LiveAudience, QueryFilter<Question>>> = {
  viewers: { state: trusted({ $in: [...shownStates] }) },
  moderators: {},
  backstage: {
    $or: [
      { state: trusted({ $in: [...shownStates] }) },
      { state: 'queue', assignedTo: trusted({ $ne: null }) },
    ],
  },
};

/** The questions that this audience may see, the earliest first. */
export async function listQuestionsOfRoom(eventId: string, audience: LiveAudience): Promise<LiveQuestion[]> {
  const questions = await QuestionModel.find({ eventId, ...whatTheySee[audience] })
    .sort({ askedAt: 1, _id: 1 })
    .lean();
  return questions.map((question) => shownQuestion(question, audience));
}

export async function getQuestionOfEvent(eventId: string, questionId: string): Promise<Question> {
  const question = await QuestionModel.findOne({ _id: questionId, eventId }).lean();
  if (!question) throw notFound('that question');
  return question;
}

/** The same, as somebody looked at it; a change since then is theirs to look at first. */
export async function getQuestionAt(
  eventId: string,
  { questionId, revision }: { readonly questionId: string; readonly revision: number },
): Promise<Question> {
  const question = await getQuestionOfEvent(eventId, questionId);
  if (question.revision !== revision) throw questionChanged();
  return question;
}

export const questionChanged = () =>
  new AppError('conflict', 'Somebody else has changed this question meanwhile. Look at it again.');

/** What one person asked, in every state, and voted for. */
export async function listOwnQuestions(
  eventId: string,
  participantId: string,
): Promise<{ readonly ownQuestions: LiveQuestion[]; readonly votedQuestionIds: string[] }> {
  const [asked, votes] = await Promise.all([
    QuestionModel.find({ eventId, askedBy: participantId }).sort({ askedAt: 1, _id: 1 }).lean(),
    QuestionVoteModel.find({ eventId, participantId }).lean(),
  ]);
  return {
    ownQuestions: asked.map(ownQuestion),
    votedQuestionIds: votes.map(({ questionId }) => questionId),
  };
}

/** An answer shows to everybody when the question does, and to nobody before. */
const ownQuestion = (question: Question): LiveQuestion =>
  shownQuestion(maySee('viewers', question) ? question : { ...question, answer: null }, 'viewers');

export const countQuestions = (eventId: string): Promise<number> => QuestionModel.countDocuments({ eventId });

/** Every question of an event as moderators see it, one by one, for a file. */
export async function* readQuestionsForExport(eventId: string): AsyncGenerator<LiveQuestion> {
  const cursor = QuestionModel.find({ eventId }).sort({ askedAt: 1, _id: 1 }).lean().cursor();
  for await (const question of cursor) yield shownQuestion(question, 'moderators');
}
