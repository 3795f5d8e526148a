import { trusted } from 'mongoose';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { listSegmentPage } from '../registrations/segment.queries.ts';
import { CampaignModel } from './campaign.model.ts';
import { addressedKey, findCampaign } from './campaign.queries.ts';
import { segmentOf } from './campaign.rules.ts';

const pageSize = 200;

/** Writes one message to each person of the segment, a page at a time. Call inside a transaction. */
export async function addressCampaign(
  { campaignId, afterId }: OutboxPayload<'campaign:due'>,
  now: Date,
): Promise<void> {
  if (afterId === undefined && !(await begin(campaignId, now))) return;
  const campaign = await findCampaign(campaignId);
  if (campaign?.state !== 'sending') return;
  const { places, lastId } = await listSegmentPage(campaign.eventId, segmentOf(campaign), {
    afterId: afterId ?? '',
    limit: pageSize,
  });
  const priority = campaign.isUrgent ? 0 : 2;
  await addOutboxMessages(
    places.map(({ registrationId }) => ({
      message: { kind: 'campaign:addressed' as const, payload: { campaignId, registrationId } },
      options: {
        at: now,
        priority,
        dedupeKey: addressedKey(campaignId) + registrationId,
        orderKey: `registration:${registrationId}`,
      },
    })),
  );
  if (lastId === null) {
    await CampaignModel.updateOne({ _id: campaignId }, { $set: { allAddressedAt: now } });
    return;
  }
  await addOutboxMessages([
    {
      message: { kind: 'campaign:due', payload: { campaignId, afterId: lastId } },
      options: { at: now, priority, dedupeKey: `campaign:due:${campaignId}:${lastId}` },
    },
  ]);
}

/** True once, and for a planned campaign only at its time: the message of an earlier plan does nothing. */
async function begin(_id: string, now: Date): Promise<boolean> {
  const begun = await CampaignModel.updateOne(
    {
      _id,
      addressedAt: null,
      $or: [{ state: 'sending' }, { state: 'scheduled', plannedFor: trusted({ $lte: now }) }],
    },
    { $set: { state: 'sending', addressedAt: now } },
  );
  return begun.modifiedCount > 0;
}
