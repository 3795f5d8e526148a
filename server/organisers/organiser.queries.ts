import { notFound } from '../contracts/problem.ts';
import { MemberModel, type Member } from './member.model.ts';
import { OrganiserModel, type Organiser } from './organiser.model.ts';

export type { Organiser };

export async function getOrganiser(organiserId: string): Promise<Organiser> {
  const organiser = await OrganiserModel.findOne({ _id: organiserId }).lean();
  if (!organiser) throw notFound('that organiser');
  return organiser;
}

/** `email` in lower case. An address belongs to one organiser at most. */
export async function findMemberByEmail(email: string): Promise<Member | null> {
  return MemberModel.findOne({ email }).lean();
}

export async function findMember(memberId: string): Promise<Member | null> {
  return MemberModel.findOne({ _id: memberId }).lean();
}
