import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { readyMail } from '../platform/mail/ready-mail.ts';
import { newId } from '../platform/new-id.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { getCampaignOfEvent } from './campaign.queries.ts';
import type { EventScope } from './create-campaign.ts';
import { showCampaign } from './show-campaign.ts';

/** Sends a message to the organiser who asks, and to nobody else. */
export async function sendTestMessage(
  actor: Extract<Actor, { kind: 'member' }>,
  input: EventScope & { readonly campaignId: string },
  deps: Deps,
): Promise<{ readonly ok: true }> {
  const campaign = await getCampaignOfEvent(input, input.campaignId);
  const { organiserId, eventId } = campaign;
  const message = await showCampaign(actor, campaign, deps);
  const mail = {
    ...message,
    subject: `Test: ${message.subject}`,
    messageId: `campaign-test.${campaign._id}.${newId()}`,
    to: { name: '', address: actor.email },
    purpose: 'requested' as const,
    about: { organiserId, eventId, registrationId: null },
  };
  await addOutboxMessages([readyMail(mail, { at: deps.clock.now(), orderKey: null })]);
  return { ok: true };
}
