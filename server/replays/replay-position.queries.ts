import { trusted } from 'mongoose';
import type { Who } from '../participants/enter-live-room.ts';
import { listRegistrationsOfAddress } from '../registrations/registration.queries.ts';
import { listSpeakersOfAddress } from '../speakers/speaker.queries.ts';
import { ReplayPositionModel, type ReplayPosition } from './replay-position.model.ts';

export type { ReplayPosition };
const most = 500;

/** Where a reader left off, by replay, the last watched first; of one who has no place anywhere nothing is known. */
export async function listPositionsOf({ actor, passes }: Who): Promise<ReadonlyMap<string, ReplayPosition>> {
  const email = actor.kind === 'attendee' || actor.kind === 'member' ? actor.email : null;
  const [registrations, speakers] = email
    ? await Promise.all([listRegistrationsOfAddress(email), listSpeakersOfAddress(email)])
    : [[], []];
  const keys = [
    ...(actor.kind === 'member' ? [`member:${actor.memberId}`] : []),
    ...speakers.map(({ _id }) => `speaker:${_id}`),
    ...registrations.map(({ _id }) => `registration:${_id}`),
    ...passes.map(({ registrationId }) => `registration:${registrationId}`),
  ];
  if (keys.length === 0) return new Map();
  const found = await ReplayPositionModel.find({ key: trusted({ $in: keys }) })
    .sort({ watchedAt: -1 })
    .limit(most)
    .lean();
  // Of two that one person has, as a speaker and by a link, the last counts.
  return new Map(found.reverse().map((position) => [position.replayId, position]));
}

export async function findPosition(replayId: string, key: string): Promise<ReplayPosition | null> {
  return ReplayPositionModel.findOne({ replayId, key }).lean();
}
