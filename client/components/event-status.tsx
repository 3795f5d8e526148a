import type { EventDetail } from '../../server/contracts/event-detail.ts';

/** A line across the page for the states a person must not miss. */
export function EventStatus({ event }: { event: EventDetail }) {
  if (event.state === 'draft') {
    return (
      <div class="statusline is-draft" role="status">
        <p class="wrap">
          <strong>Draft.</strong> Only you and your colleagues can see this page.{' '}
          {event.consolePath && <a href={event.consolePath}>Back to the console</a>}
        </p>
      </div>
    );
  }
  if (event.state === 'cancelled') {
    return (
      <div class="statusline is-cancelled" role="status">
        <p class="wrap">
          <strong>This event is cancelled.</strong>{' '}
          {event.statusNote ?? 'Everyone who had a place has been told by email.'}{' '}
          <a href="/events">See what else is on</a>
        </p>
      </div>
    );
  }
  return null;
}
