import { trusted } from 'mongoose';
import { notFound } from '../contracts/problem.ts';
import { readTogether } from '../platform/database/read-together.ts';
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

export async function listSpeakersOfOrganiser(organiserId: string): Promise<Speaker[]> {
  return SpeakerModel.find({ organiserId }).sort({ sortName: 1, _id: 1 }).lean();
}

export async function getSpeakerOfOrganiser(organiserId: string, speakerId: string): Promise<Speaker> {
  const speaker = await SpeakerModel.findOne({ _id: speakerId, organiserId }).lean();
  if (!speaker) throw notFound('that speaker');
  return speaker;
}

/** By the address that calendar invites go to, lower case; addresses are kept per organiser. */
/** Everybody of any organiser who has this address. */
export async function listSpeakersOfAddress(email: string): Promise<Speaker[]> {
  return email === '' ? [] : SpeakerModel.find({ email }).lean();
}

export async function findSpeakerByEmail(organiserId: string, email: string): Promise<Speaker | null> {
  return email === '' ? null : readByEmail(organiserId, email);
}
const readByEmail = readTogether<Speaker>(
  (organiserId, emails) => SpeakerModel.find({ organiserId, email: trusted({ $in: [...emails] }) }).lean(),
  ({ email }) => email,
);
