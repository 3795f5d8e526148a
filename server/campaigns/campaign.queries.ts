import { notFound } from '../contracts/problem.ts';
import { countDeliveries, type DeliveryCounts } from '../platform/outbox/count-deliveries.ts';
import type { SkipReason } from '../platform/outbox/deliver-skip.ts';
import { isInSegment } from '../registrations/segment.queries.ts';
import { CampaignModel, type Campaign } from './campaign.model.ts';
import { segmentOf } from './campaign.rules.ts';

export type { Campaign };

/** What comes before a registration's id in the keys of a campaign's messages. */
export const addressedKey = (campaignId: string) => `campaign:addressed:${campaignId}:`;
export const campaignMessageId = (campaignId: string, registrationId: string) =>
  `campaign.${campaignId}.${registrationId}`;

export async function getCampaignOfEvent(
  scope: { readonly organiserId: string; readonly eventId: string },
  campaignId: string,
): Promise<Campaign> {
  const { organiserId, eventId } = scope;
  const campaign = await CampaignModel.findOne({ _id: campaignId, organiserId, eventId }).lean();
  if (!campaign) throw notFound('that message');
  return campaign;
}

/** By id alone: for jobs. */
export async function findCampaign(campaignId: string): Promise<Campaign | null> {
  return CampaignModel.findOne({ _id: campaignId }).lean();
}

/** The newest first. */
export async function listCampaignsOfEvent(organiserId: string, eventId: string): Promise<Campaign[]> {
  return CampaignModel.find({ organiserId, eventId }).sort({ createdAt: -1, _id: 1 }).limit(200).lean();
}

/** How the mails of a campaign stand. */
export async function countCampaignMails(campaignId: string): Promise<DeliveryCounts> {
  const [mails, unwritten] = await Promise.all([
    countDeliveries(`mail ${campaignMessageId(campaignId, '')}`),
    countDeliveries(addressedKey(campaignId)),
  ]);
  return { ...mails, waiting: mails.waiting + unwritten.waiting, failed: mails.failed + unwritten.failed };
}

/** Why a mail of a campaign may not leave any more; null when it may. */
export async function findCampaignObstacle(condition: {
  readonly campaignId: string;
  readonly registrationId: string | null;
}): Promise<SkipReason | null> {
  const campaign = await findCampaign(condition.campaignId);
  if (!campaign || campaign.state !== 'sending') return 'stopped';
  const { registrationId } = condition;
  if (registrationId === null) return null;
  if (await isInSegment(registrationId, campaign.eventId, segmentOf(campaign))) return null;
  // Who came in after all is no longer among who did not; who withdrew a consent has unsubscribed.
  return campaign.segment === 'consented' ? 'unsubscribed' : 'place-ended';
}
