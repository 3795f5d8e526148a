import { campaignMessage } from '../../emails/campaign-message.tsx';
import { readyMail } from '../platform/mail/ready-mail.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { getRegistrationForMail } from '../registrations/registration.queries.ts';
import { isInSegment } from '../registrations/segment.queries.ts';
import { joinPath } from '../registrations/sign-links.ts';
import { unsubscribePath } from '../suppressions/sign-unsubscribe-link.ts';
import { addressCampaign } from './address-campaign.ts';
import { campaignMessageId, findCampaign } from './campaign.queries.ts';
import { purposeOf, segmentOf } from './campaign.rules.ts';
import { readCampaignMatter } from './read-campaign-matter.ts';

export const campaignJobs = {
  'campaign:due': (payload, { at }) => addressCampaign(payload, at),

  async 'campaign:addressed'({ campaignId, registrationId }, { at, deps }) {
    const campaign = await findCampaign(campaignId);
    if (campaign?.state !== 'sending') return;
    const { organiserId, eventId } = campaign;
    if (!(await isInSegment(registrationId, eventId, segmentOf(campaign)))) return;
    const person = await getRegistrationForMail(registrationId);
    const { props, frame, endsAt } = await readCampaignMatter(campaign, deps);
    const purpose = purposeOf(campaign);
    const { url } = props.site;
    const unsubscribeUrl =
      purpose === 'marketing' ? url + unsubscribePath({ organiserId, email: person.email }, deps) : null;
    const message = campaignMessage({
      ...props,
      person,
      joinUrl: campaign.isUrgent ? url + joinPath(person, deps) : null,
      unsubscribeUrl,
    });
    const mail = {
      ...frame,
      ...message,
      messageId: campaignMessageId(campaignId, registrationId),
      to: { name: person.name, address: person.email },
      purpose,
      about: { organiserId, eventId, registrationId },
      condition: { kind: 'campaign' as const, campaignId, registrationId },
      expiresAt: campaign.isUrgent ? endsAt : null,
      unsubscribeUrl,
    };
    const orderKey = `${eventId} ${person.email}`;
    await addOutboxMessages([readyMail(mail, { at, orderKey, priority: campaign.isUrgent ? 0 : 2 })]);
  },
} satisfies Partial<OutboxHandlers>;
