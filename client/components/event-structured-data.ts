import type { Site } from '../layouts/site-context.ts';
import type { EventDetail } from '../../server/contracts/event-detail.ts';

/** https://schema.org/Event as search engines read it: online, with its state, offer and speakers. */
export function eventStructuredData(event: EventDetail, site: Site): object {
  const url = `${site.publicUrl}/events/${event.slug}`;
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: event.title,
    description: event.summary,
    startDate: event.dateline.startsAt,
    endDate: event.dateline.endsAt,
    eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
    eventStatus: `https://schema.org/${event.state === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    url,
    location: { '@type': 'VirtualLocation', url },
    organizer: { '@type': 'Organization', name: event.organiser.name, url: site.publicUrl },
    ...(event.picturePath ? { image: site.publicUrl + event.picturePath } : {}),
    ...(event.places.capacity === null ? {} : { maximumVirtualAttendeeCapacity: event.places.capacity }),
    isAccessibleForFree: event.price === 'Free',
    ...(event.price === 'Free' && event.registration !== 'closed' ? { offers: freeOffer(event, url) } : {}),
    performer: event.speakers.map((speaker) => ({
      '@type': 'Person',
      name: speaker.name,
      jobTitle: speaker.jobTitle,
      url: `${site.publicUrl}/speakers/${speaker.slug}`,
    })),
  };
}

function freeOffer(event: EventDetail, url: string) {
  const availability =
    event.registration === 'sold-out'
      ? 'SoldOut'
      : event.registration === 'not-yet-open'
        ? 'PreOrder'
        : 'InStock';
  return {
    '@type': 'Offer',
    price: 0,
    priceCurrency: 'GBP',
    url: `${url}/register`,
    availability: `https://schema.org/${availability}`,
  };
}
