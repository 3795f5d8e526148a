import type { UpdateQuery } from 'mongoose';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import { QuestionModel, type Question } from './question.model.ts';
import { questionChanged } from './question.queries.ts';

interface Change {
  readonly set: Partial<Question>;
  readonly votes?: number;
  readonly merged?: number;
  readonly action: `question:${string}`;
  readonly changes: Readonly<Record<string, unknown>>;
}

/**
 * Writes one change of a question with its audit row. The write holds only for the state and revision that were
 * read: of two moderators at once one is told. Call inside the transaction that tells the room.
 */
export async function changeQuestion(
  actor: Actor,
  before: Question,
  { set, votes = 0, merged = 0, action, changes }: Change,
  at: Date,
): Promise<Question> {
  const update: UpdateQuery<Question> = { $set: set, $inc: { revision: 1, votes, mergedCount: merged } };
  const after = await QuestionModel.findOneAndUpdate(
    { _id: before._id, eventId: before.eventId, state: before.state, revision: before.revision },
    update,
    { returnDocument: 'after' },
  ).lean();
  if (!after) throw questionChanged();
  await recordAuditEntry(actor, {
    at,
    organiserId: before.organiserId,
    action,
    subject: { noun: 'question', id: before._id },
    changes,
  });
  return after;
}
