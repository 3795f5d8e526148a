import { trusted } from 'mongoose';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import { getEvent } from '../events/event.queries.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { listSegmentPage } from '../registrations/segment.queries.ts';
import { CampaignModel } from './campaign.model.ts';
import { addressedKey, findCampaign } from './campaign.queries.ts';
import { isTooEarly, segmentOf } from './campaign.rules.ts';

const pageSize = 200;

/** Writes one message to each person of the segment, a page at a time. Call inside a transaction. */
export async function addressCampaign(
  { campaignId, afterId }: OutboxPayload<'campaign:due'>,
  now: Date,
): Promise<void> {
  if (afterId === undefined && !((await isInTime(campaignId, now)) && (await begin(campaignId, now)))) return;
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

/**
 * The event may have been moved since the message was planned, and nobody has missed it yet; or called off, and what
 * was written for the day is no longer true. Then it is a draft again.
 */
async function isInTime(_id: string, now: Date): Promise<boolean> {
  const campaign = await findCampaign(_id);
  if (!campaign?.plannedFor || campaign.plannedFor > now) return true;
  const { organiserId, eventId, segment } = campaign;
  const event = await getEvent(eventId);
  const isCalledOff = event.cancelledAt && campaign.confirmedAt && event.cancelledAt > campaign.confirmedAt;
  if (!isCalledOff && !isTooEarly(segment, now, event)) return true;
  const unplanned = await CampaignModel.updateOne(
    { _id, state: 'scheduled' },
    { $set: { state: 'draft', plannedFor: null, people: null }, $inc: { revision: 1 } },
  );
  if (unplanned.modifiedCount > 0)
    await recordAuditEntry(
      { kind: 'system', name: 'campaigns' },
      {
        at: now,
        organiserId,
        action: 'campaign:stopped',
        subject: { noun: 'campaign', id: _id },
        changes: { state: 'draft' },
      },
    );
  return false;
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
