import type {
  EventCard,
  Places,
  RegistrationWindow,
  ShownEventState,
} from '../../server/contracts/event-card.ts';

const few = 20;

export function placesLeft({ capacity, taken }: Places): number | null {
  return capacity === null ? null : Math.max(0, capacity - taken);
}

/** "162 places left", "Last 14 places": beside an event that takes registrations. */
export function placesLeftText(places: Places): string {
  const left = placesLeft(places);
  if (left === null) return 'Places for everyone';
  if (left === 1) return 'Last place';
  return left <= few ? `Last ${left} places` : `${left.toLocaleString('en-GB')} places left`;
}

/** "162 of 600 places left" */
export function placesOfText(places: Places): string {
  const left = placesLeft(places);
  if (left === null) return 'Places for everyone';
  return `${left.toLocaleString('en-GB')} of ${(places.capacity ?? 0).toLocaleString('en-GB')} places left`;
}

export function isRegistrationOpen(event: {
  state: ShownEventState;
  registration: RegistrationWindow;
}): boolean {
  return (
    event.registration === 'open' &&
    event.state !== 'ended' &&
    event.state !== 'cancelled' &&
    event.state !== 'draft'
  );
}

/** What stands in the last column of the calendar. */
export function standingText(event: EventCard): string {
  switch (event.state) {
    case 'cancelled':
      return 'Cancelled';
    case 'draft':
      return 'Draft';
    case 'live':
      return 'Live now';
    case 'ended':
      return 'Watch again';
    case 'starting-soon':
    case 'upcoming':
      break;
  }
  switch (event.registration) {
    case 'sold-out':
      return 'Sold out';
    case 'closed':
      return 'Registration closed';
    case 'not-yet-open':
      return event.registrationOpensOn ? `Opens ${event.registrationOpensOn}` : 'Opens later';
    case 'open':
      return placesLeftText(event.places);
  }
}
