import { ParticipantModel } from './participant.model.ts';

/** When people were last heard of, by participant; never moves back. */
export async function noteSeen(seen: ReadonlyMap<string, Date>): Promise<void> {
  if (seen.size === 0) return;
  await ParticipantModel.bulkWrite(
    [...seen].map(([id, at]) => ({
      updateOne: { filter: { _id: id }, update: { $max: { lastSeenAt: at } } },
    })),
    { ordered: false },
  );
}
