import { listRegistrationsForMail } from '../registrations/registration.queries.ts';
import { FeedbackModel, type Feedback } from './feedback.model.ts';
import { distributionOf, type Distribution } from './feedback.rules.ts';

export type { Feedback };

export async function findFeedbackOfRegistration(registrationId: string): Promise<Feedback | null> {
  return FeedbackModel.findOne({ registrationId }).lean();
}

/** How many people gave which mark. */
export async function countFeedback(eventId: string): Promise<Distribution> {
  const counts = await Promise.all(
    [1, 2, 3, 4, 5].map(
      async (mark) => [mark, await FeedbackModel.countDocuments({ eventId, overall: mark })] as const,
    ),
  );
  return distributionOf(new Map(counts));
}

export type SaidFeedback = Pick<Feedback, 'overall' | 'useful' | 'better' | 'mayQuote' | 'createdAt'> & {
  readonly id: string;
  /** null: said without a name. */
  readonly name: string | null;
};

/** One page of what was said, the latest first; a name only where the person put it there. Pages count from 1. */
export async function listFeedbackOfEvent(
  eventId: string,
  page: { readonly number: number; readonly size: number },
): Promise<SaidFeedback[]> {
  const found = await FeedbackModel.find({ eventId })
    .sort({ createdAt: -1, _id: 1 })
    .skip((page.number - 1) * page.size)
    .limit(page.size)
    .lean();
  const named = found.filter(({ withName }) => withName).map(({ registrationId }) => registrationId);
  const people = named.length > 0 ? await listRegistrationsForMail(named) : new Map<string, never>();
  return found.map(({ _id, registrationId, withName, overall, useful, better, mayQuote, createdAt }) => {
    const name = withName ? (people.get(registrationId)?.name ?? null) : null;
    return { id: _id, overall, useful, better, mayQuote, createdAt, name };
  });
}
