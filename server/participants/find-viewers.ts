import { trusted } from 'mongoose';
import { foldedWords } from '../contracts/folded-text.ts';
import type { LiveAnswer, LiveMessage } from '../contracts/live-messages.ts';
import { ParticipantModel } from './participant.model.ts';
import { silencedUntil } from './participant.rules.ts';

const pageSize = 50;
const mostWords = 6;
/** Pages say every 30 s that they are there: two may be lost, and a little more. */
const hereForMs = 75_000;

/** Who is or was in a live room, by the start of words of name or organisation. */
export async function findViewers(
  eventId: string,
  { text, isHere, page }: LiveMessage<'viewer:find'>,
  now: Date,
): Promise<LiveAnswer<'viewer:find'>> {
  const words = foldedWords(text).slice(0, mostWords);
  const since = new Date(now.getTime() - hereForMs);
  const filter = {
    eventId,
    ...(words.length === 0
      ? {}
      : { $and: words.map((word) => ({ searchWords: trusted({ $regex: `^${word}` }) })) }),
    ...(isHere ? { lastSeenAt: trusted({ $gte: since }), bannedAt: null } : {}),
  };
  const [found, total] = await Promise.all([
    ParticipantModel.find(filter)
      .sort({ searchName: 1, _id: 1 })
      .skip((page - 1) * pageSize)
      .limit(pageSize)
      .lean(),
    ParticipantModel.countDocuments(filter),
  ]);
  return {
    total,
    viewers: found.map((person) => ({
      participantId: person._id,
      name: person.name,
      organisation: person.organisation,
      role: person.role,
      isHere: !person.bannedAt && Boolean(person.lastSeenAt && person.lastSeenAt >= since),
      silencedUntil: silencedUntil(person, now)?.toISOString() ?? null,
      isBanned: Boolean(person.bannedAt),
    })),
  };
}
