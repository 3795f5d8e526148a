import type { EventDetail } from '../../server/contracts/event-detail.ts';
import { CalendarButtons } from './calendar-buttons.tsx';
import { MoreLink } from './more-link.tsx';

/** Ways to keep an event in a calendar, for who has a place and for who is not sure yet. */
export function EventCalendar({ event }: { event: EventDetail }) {
  return (
    <section class="section" id="calendar" aria-labelledby="calendar-title">
      <div class="wrap side">
        <header>
          <h2 id="calendar-title">Put it in your calendar</h2>
        </header>
        <div>
          <CalendarButtons links={event.calendar} />
          <p class="muted">
            {event.ownPlacePath
              ? 'The entry in your email'
              : 'The entry that people who register get by email'}{' '}
            updates itself if a time changes. One added with these buttons may not.
          </p>
          {event.series && (
            <p>
              <MoreLink href={event.series.icsPath} icon="calendar">
                Follow every event of “{event.series.name}”
              </MoreLink>
            </p>
          )}
        </div>
      </div>
    </section>
  );
}
