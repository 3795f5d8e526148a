import { trusted } from 'mongoose';
import { AppError, notFound } from '../contracts/problem.ts';
import { getEvent, type Event } from '../events/event.queries.ts';
import { hashToken } from '../platform/secrets/secret-box.ts';
import { CaptionModel, type Caption } from './caption.model.ts';
import { CaptionerLinkModel, type CaptionerLink } from './captioner-link.model.ts';

export type { Caption, CaptionerLink };

interface Stretch {
  readonly eventId: string;
  readonly stageId: string | null;
  readonly from: Date;
  readonly to: Date;
}

/** What was said on a stage between two instants, in order of time. */
export async function listCaptions(
  { eventId, stageId, from, to }: Stretch,
  limit = 20_000,
): Promise<Caption[]> {
  return CaptionModel.find({ eventId, stageId, from: trusted({ $gte: from, $lt: to }) })
    .sort({ from: 1, _id: 1 })
    .limit(limit)
    .lean();
}

/** The newest captions of a stage, the oldest of them first. */
export async function lastCaptions(
  eventId: string,
  stageId: string | null,
  limit: number,
): Promise<Caption[]> {
  const found = await CaptionModel.find({ eventId, stageId }).sort({ from: -1, _id: -1 }).limit(limit).lean();
  return found.reverse();
}

/** Links of an event that still open something, the oldest first. */
export async function listCaptionerLinks(organiserId: string, eventId: string): Promise<CaptionerLink[]> {
  return CaptionerLinkModel.find({ organiserId, eventId, revokedAt: null }).sort({ createdAt: 1 }).lean();
}

export interface Captioner {
  readonly link: CaptionerLink;
  readonly event: Event;
  readonly stageName: string;
}

/** Who holds a link that still stands. A wrong token and a revoked one are told apart only to who had the right one. */
export async function getCaptioner(token: string): Promise<Captioner> {
  const link =
    token.length < 20 ? null : await CaptionerLinkModel.findOne({ tokenHash: hashToken(token) }).lean();
  if (!link) throw notFound('that captioner’s link');
  if (link.revokedAt)
    throw new AppError('gone', 'The organiser has ended this link. Ask them for a new one.');
  const event = await getEvent(link.eventId);
  if (event.status === 'cancelled') throw new AppError('gone', 'This event was cancelled.');
  const stageName = event.stages.find(({ id }) => id === link.stageId)?.name ?? 'Main stage';
  return { link, event, stageName };
}
