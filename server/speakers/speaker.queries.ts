import { trusted } from 'mongoose';
import { SpeakerModel, type Speaker } from './speaker.model.ts';

export type { Speaker };

export async function findSpeakerBySlug(slug: string): Promise<Speaker | null> {
  return SpeakerModel.findOne({ slug }).lean();
}

export async function listSpeakersByIds(
  organiserId: string,
  speakerIds: readonly string[],
): Promise<Speaker[]> {
  return SpeakerModel.find({ organiserId, _id: trusted({ $in: [...speakerIds] }) })
    .sort({ sortName: 1 })
    .lean();
}
