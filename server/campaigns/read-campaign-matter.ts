import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { getOrganiser } from '../organisers/organiser.queries.ts';
import { oncePerTransaction } from '../platform/database/transaction.ts';
import { datelineOf } from '../platform/time/show-time.ts';
import type { Campaign } from './campaign.model.ts';

type Written = Pick<Campaign, '_id' | 'eventId' | 'subject' | 'message'>;

/** What every mail of a campaign is made of, whoever it goes to; read once for a batch of messages. */
export const readCampaignMatter = (campaign: Written, deps: Pick<Deps, 'config'>) =>
  oncePerTransaction(`campaign matter ${campaign._id}`, () => readMatter(campaign, deps));

async function readMatter({ eventId, subject, message }: Written, { config }: Pick<Deps, 'config'>) {
  const event = await getEvent(eventId);
  const organiser = await getOrganiser(event.organiserId);
  return {
    endsAt: event.endsAt,
    props: {
      subject,
      message,
      site: { name: 'Plenary', url: config.publicUrl },
      event: {
        title: event.title,
        lang: event.lang,
        dateline: datelineOf(event),
        url: `${config.publicUrl}/events/${event.slug}`,
        organiser: { name: organiser.name, email: organiser.contactEmail },
      },
    },
    frame: {
      fromName: organiser.name,
      replyTo: { name: organiser.name, address: organiser.contactEmail },
      invite: null,
    },
  };
}
