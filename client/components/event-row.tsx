import type { EventCard } from '../../server/contracts/event-card.ts';
import { isRegistrationOpen, standingText } from './places-text.ts';

/** One event in the calendar. The whole row leads to its page. */
export function EventRow({ event }: { event: EventCard }) {
  const path = `/events/${event.slug}`;
  const isQuiet = event.registration === 'sold-out' || event.state === 'cancelled';
  return (
    <li class={isQuiet && event.state !== 'live' ? 'row is-quiet' : 'row'}>
      <p class="row-date">
        <time datetime={event.dateline.startsAt}>
          <span class="day">{event.day}</span> <span class="wd">{event.weekday}</span>
        </time>
      </p>
      <div class="row-main">
        <h4 lang={event.lang ?? undefined}>
          <a href={path}>{event.title}</a>
        </h4>
        <p lang={event.lang ?? undefined}>{event.summary}</p>
        <p class="row-meta">
          {event.topics.map((topic) => (
            <span class="tag" key={topic}>
              {topic}
            </span>
          ))}
          <span class="num">
            {event.dateline.times} {event.dateline.zone}
          </span>
        </p>
      </div>
      <p class="row-price">{event.price}</p>
      <RowPlaces event={event} path={path} />
    </li>
  );
}

function RowPlaces({ event, path }: { event: EventCard; path: string }) {
  const text = standingText(event);
  if (event.state === 'live') {
    return (
      <p class="row-places">
        <strong class="is-live">
          <span class="live-dot" /> {text}
        </strong>{' '}
        <RowAction href={`${path}/live`} text="Join now" title={event.title} />
      </p>
    );
  }
  const isWarning =
    event.state === 'cancelled' || event.registration === 'sold-out' || text.startsWith('Last');
  return (
    <p class="row-places">
      {isWarning ? <strong>{text}</strong> : text}{' '}
      {isRegistrationOpen(event) && (
        <RowAction href={`${path}/register`} text="Register" title={event.title} />
      )}
    </p>
  );
}

function RowAction({ href, text, title }: { href: string; text: string; title: string }) {
  return (
    <a class="row-act" href={href}>
      {text}
      <span class="vh">: {title}</span>
    </a>
  );
}
