import { trusted } from 'mongoose';
import { ParticipantModel } from './participant.model.ts';

/**
 * Notes when people wrote, for slow mode. In the transaction of their messages: whoever was silenced, banned or wrote
 * elsewhere meanwhile makes it fail or run again. `before` is the last post that was reckoned with.
 */
export async function notePosts(
  eventId: string,
  posts: readonly { readonly participantId: string; readonly before: Date | null }[],
  now: Date,
): Promise<void> {
  if (posts.length === 0) return;
  const { matchedCount } = await ParticipantModel.bulkWrite(
    posts.map(({ participantId, before }) => ({
      updateOne: {
        filter: {
          _id: participantId,
          eventId,
          bannedAt: null,
          lastPostAt: before,
          $or: [{ silencedUntil: null }, { silencedUntil: trusted({ $lte: now }) }],
        },
        update: { $set: { lastPostAt: now } },
      },
    })),
  );
  if (matchedCount !== posts.length) throw new Error('Somebody who wrote was changed meanwhile');
}
