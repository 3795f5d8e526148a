import type { EventDetail } from '../../server/contracts/event-detail.ts';

export interface EventAction {
  readonly href: string;
  readonly text: string;
}

type Deciding = Pick<EventDetail, 'slug' | 'state' | 'registration' | 'price' | 'ownPlacePath' | 'agenda'>;

/** The one thing to do on an event's page, if there is one. */
export function eventAction(event: Deciding): EventAction | null {
  const path = `/events/${event.slug}`;
  switch (event.state) {
    case 'cancelled':
    case 'draft':
      return null;
    case 'ended':
      return event.agenda.slots.some(({ sessions }) => sessions.some(({ replayPath }) => replayPath))
        ? { href: '#agenda', text: 'Watch the replays' }
        : null;
    case 'live':
    case 'starting-soon':
      if (event.ownPlacePath)
        return { href: `${path}/live`, text: event.state === 'live' ? 'Join now' : 'Go to the live room' };
      return event.registration === 'open' ? { href: `${path}/register`, text: 'Register and watch' } : null;
    case 'upcoming':
      if (event.ownPlacePath) return { href: event.ownPlacePath, text: 'See my place' };
      if (event.registration !== 'open') return null;
      return { href: `${path}/register`, text: event.price === 'Free' ? 'Register free' : 'Register' };
  }
}

/** Stands beside the action, or in its place. */
export function eventStanding(event: Deciding & Pick<EventDetail, 'registrationOpens'>): string | null {
  if (event.state === 'cancelled') return 'Cancelled';
  if (event.state === 'draft') return 'Not published';
  if (event.state === 'ended') return 'This event is over';
  if (event.ownPlacePath) return 'You have a place';
  switch (event.registration) {
    case 'sold-out':
      return 'Sold out';
    case 'closed':
      return 'Registration is closed';
    case 'not-yet-open':
      return event.registrationOpens ? `Opens ${event.registrationOpens}` : 'Not open yet';
    case 'open':
      return null;
  }
}
