import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { unsubscribePath } from '../suppressions/sign-unsubscribe-link.ts';
import type { Campaign } from './campaign.model.ts';
import { purposeOf } from './campaign.rules.ts';
import { readCampaignMatter } from './read-campaign-matter.ts';

type Shown = Pick<
  Campaign,
  '_id' | 'organiserId' | 'eventId' | 'subject' | 'message' | 'segment' | 'isUrgent'
>;

/** The mail as the organiser who asks would get it: with their own name, and nobody's personal link. */
export async function showCampaign(actor: Actor, campaign: Shown, deps: Deps) {
  requirePermission(actor, 'message:send', campaign.organiserId);
  const { props, frame } = await readCampaignMatter(campaign, deps);
  const email = actor.kind === 'member' ? actor.email : '';
  const { organiserId } = campaign;
  const rendered = deps.renderEmail.campaignMessage({
    ...props,
    person: { name: email.replace(/@.*/, '') },
    joinUrl: campaign.isUrgent ? `${props.event.url}/live` : null,
    unsubscribeUrl:
      purposeOf(campaign) === 'marketing'
        ? props.site.url + unsubscribePath({ organiserId, email }, deps)
        : null,
  });
  return { ...frame, ...rendered };
}
