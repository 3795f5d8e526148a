import { trusted, type QueryFilter } from 'mongoose';
import type { SegmentName } from '../contracts/campaign-form.ts';
import { RegistrationModel, type ConsentRow, type Registration } from './registration.model.ts';
import { consentsGiven } from './registration.rules.ts';

/** Some of the people who have a place at one event. */
export interface Segment {
  readonly name: SegmentName;
  /** The purpose, for `consented`. */
  readonly consentId: string | null;
}

export interface SegmentPlace {
  readonly registrationId: string;
  readonly inviteUid: string;
}

const pageSize = 500;

/** One page of a segment as it is now, in order of id, after `afterId`; `lastId` is null on the last page. */
export async function listSegmentPage(
  eventId: string,
  segment: Segment,
  { afterId, limit }: { readonly afterId: string; readonly limit: number },
): Promise<{ places: SegmentPlace[]; lastId: string | null }> {
  const found = await RegistrationModel.find(
    { ...candidates(eventId, segment), _id: trusted({ $gt: afterId }) },
    { inviteUid: 1, consents: 1 },
  )
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Candidate[]>();
  return {
    places: found
      .filter((place) => belongs(place, segment))
      .map(({ _id, inviteUid }) => ({ registrationId: _id, inviteUid })),
    lastId: found.length === limit ? (found.at(-1)?._id ?? null) : null,
  };
}

/** How many people a message to the segment would go to. */
export async function countSegment(eventId: string, segment: Segment): Promise<number> {
  // Only what was last said counts, and that is a question about the order of rows.
  if (segment.name !== 'consented') return RegistrationModel.countDocuments(candidates(eventId, segment));
  let count = 0;
  for (let afterId: string | null = ''; afterId !== null;) {
    const page = await listSegmentPage(eventId, segment, { afterId, limit: pageSize });
    count += page.places.length;
    afterId = page.lastId;
  }
  return count;
}

/** Whether one person is still in the segment. */
export async function isInSegment(
  registrationId: string,
  eventId: string,
  segment: Segment,
): Promise<boolean> {
  const found = await RegistrationModel.findOne(
    { ...candidates(eventId, segment), _id: registrationId },
    { consents: 1 },
  ).lean<Candidate>();
  return found !== null && belongs(found, segment);
}

type Candidate = Pick<Registration, '_id' | 'inviteUid'> & { readonly consents: ConsentRow[] };

function candidates(eventId: string, { name, consentId }: Segment): QueryFilter<Registration> {
  const confirmed = { eventId, status: 'confirmed' } as const;
  switch (name) {
    case 'registered':
      return confirmed;
    case 'attended':
      return { ...confirmed, firstEnteredAt: trusted({ $ne: null }) };
    case 'did-not-attend':
      return { ...confirmed, firstEnteredAt: null };
    case 'consented':
      return { ...confirmed, 'consents.consentId': consentId ?? '' };
  }
}

const belongs = ({ consents }: Candidate, { name, consentId }: Segment): boolean =>
  name !== 'consented' || (consentId !== null && consentsGiven(consents).includes(consentId));
