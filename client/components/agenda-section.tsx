import type { EventDetail } from '../../server/contracts/event-detail.ts';
import { AgendaTimeline } from './agenda-timeline.tsx';
import { MoreLink } from './more-link.tsx';
import { StarStatus } from './star-button.tsx';

export function AgendaSection({ event }: { event: EventDetail }) {
  const { agenda, state } = event;
  return (
    <section class="section agenda" id="agenda" aria-labelledby="agenda-title">
      <div class="wrap" data-enhance="agenda-times" data-zone={agenda.timeZone} data-zone-label={agenda.zone}>
        <header class="sec-head topline">
          <h2 id="agenda-title">Agenda</h2>
          <p class="zone-note">All times are {agenda.zone}.</p>
          {agenda.slots.length > 0 && <ChoosingNote event={event} />}
        </header>
        {agenda.slots.length > 0 ? (
          <>
            <AgendaTimeline agenda={agenda} stars={event.stars} />
            <p class="agenda-foot">
              <span>
                {state === 'ended' ? 'Ended' : 'Ends'} at <span class="num">{agenda.endTime}</span>{' '}
                {agenda.zone}
              </span>
              {state !== 'ended' && state !== 'cancelled' && state !== 'draft' && (
                <MoreLink href="#calendar" icon="calendar">
                  Add to my calendar
                </MoreLink>
              )}
            </p>
          </>
        ) : (
          <p class="empty">The agenda is being put together. It appears here as soon as it is settled.</p>
        )}
      </div>
    </section>
  );
}

function ChoosingNote({ event }: { event: EventDetail }) {
  if (event.stars && event.ownPlacePath)
    return (
      <>
        <p>
          Press a star to put a session in <a href={`${event.ownPlacePath}/agenda`}>my agenda</a>.
        </p>
        <StarStatus />
      </>
    );
  const isToCome = event.state === 'upcoming' || event.state === 'starting-soon' || event.state === 'live';
  if (!isToCome || event.registration !== 'open' || event.ownPlacePath) return null;
  return (
    <p>
      <a href={`/events/${event.slug}/register`}>Register</a> to choose your sessions.
    </p>
  );
}
