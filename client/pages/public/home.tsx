import type {
  EventCard,
  EventMonth,
  LiveStrip,
  Places,
  ReplayCard,
} from '../../../server/contracts/event-card.ts';
import { EventMonths } from '../../components/event-months.tsx';
import { Facts } from '../../components/facts.tsx';
import { LiveNow } from '../../components/live-now.tsx';
import { MoreLink } from '../../components/more-link.tsx';
import { isRegistrationOpen, placesOfText, standingText } from '../../components/places-text.ts';
import { ReplayShelf } from '../../components/replay-shelf.tsx';
import { Seats } from '../../components/seats.tsx';
import { titleLook } from '../../components/title-look.ts';
import { PublicLayout } from '../../layouts/public-layout.tsx';
import { useSite } from '../../layouts/site-context.ts';

export interface HomePageProps {
  /** "Online conferences for the people who run public services" */
  strapline: string;
  /** "Tuesday 9 March 2027", in the installation's own zone. */
  today: string;
  /** "Times are UK time (GMT)." */
  zoneNote: string;
  /** Events that are live now, each with a strip of its own. */
  live: readonly LiveStrip[];
  next: NextEvent | null;
  /** The coming twelve months; months without an event may be left out. */
  months: readonly EventMonth[];
  topics: readonly { name: string; path: string }[];
  replays: readonly ReplayCard[];
}

export interface NextEvent extends EventCard {
  readonly sessionCount: number;
  readonly stageCount: number;
  readonly speakerCount: number;
}

export function HomePage(props: HomePageProps) {
  const site = useSite();
  return (
    <PublicLayout title={site.name} description={props.strapline}>
      <div class="almanac">
        <div class="wrap">
          <p>
            <time datetime={site.now}>{props.today}</time>
          </p>
          <h1>{props.strapline}</h1>
          <p>{props.zoneNote}</p>
        </div>
      </div>
      {props.live.map((strip) => (
        <LiveNow key={strip.slug} strip={strip} />
      ))}
      {props.next && <Cover event={props.next} />}
      <YearAhead months={props.months} topics={props.topics} />
      {props.replays.length > 0 && <ReplayShelf replays={props.replays} />}
    </PublicLayout>
  );
}

function Cover({ event }: { event: NextEvent }) {
  const path = `/events/${event.slug}`;
  return (
    <section class="cover" aria-labelledby="next-title">
      <div class="cover-text">
        <p class="cover-line">
          <span class="kicker">Next</span>{' '}
          <time datetime={event.dateline.startsAt}>{event.dateline.date}</time>
          <span class="sep"> · </span>online<span class="sep"> · </span>
          <span class="nowrap">
            {event.dateline.times} {event.dateline.zone}
          </span>
        </p>
        <h2 id="next-title" class={titleLook(event.title)} lang={event.lang ?? undefined}>
          <a href={path}>{event.title}</a>
        </h2>
        <p class="lede" lang={event.lang ?? undefined}>
          {event.summary}
        </p>
        <p class="cover-act">
          {isRegistrationOpen(event) ? (
            <a class="button big" href={`${path}/register`}>
              Register {event.price === 'Free' && 'free'}
            </a>
          ) : (
            <strong>{standingText(event)}</strong>
          )}
          <MoreLink href={`${path}#agenda`}>See the agenda</MoreLink>
        </p>
      </div>
      <CoverPlate event={event} places={event.places} />
    </section>
  );
}

function CoverPlate({ event, places }: { event: NextEvent; places: Places }) {
  return (
    <figure class="cover-plate">
      <Seats places={places} />
      <figcaption>
        <strong>{placesOfText(places)}.</strong>
        {places.capacity !== null && ' A filled seat is taken, a ring is free.'}
      </figcaption>
      <Facts
        look="cover-facts"
        facts={[
          { term: event.sessionCount === 1 ? 'Session' : 'Sessions', value: event.sessionCount },
          { term: event.stageCount === 1 ? 'Stage' : 'Stages', value: event.stageCount },
          { term: event.speakerCount === 1 ? 'Speaker' : 'Speakers', value: event.speakerCount },
          { term: 'Price', value: event.price },
        ]}
      />
    </figure>
  );
}

function YearAhead({ months, topics }: Pick<HomePageProps, 'months' | 'topics'>) {
  return (
    <section class="section calendar" id="calendar" aria-labelledby="calendar-title">
      <div class="wrap">
        <header class="cal-head topline">
          <h2 id="calendar-title">The year ahead</h2>
          <nav aria-label="Events by topic">
            <ul class="plain topics">
              {topics.map((topic) => (
                <li key={topic.path}>
                  <a href={topic.path}>{topic.name}</a>
                </li>
              ))}
            </ul>
          </nav>
          <p class="cal-feed">
            <MoreLink href="/events.ics" icon="calendar">
              Add all to my calendar
            </MoreLink>
          </p>
        </header>
        {months.length > 0 ? (
          <EventMonths months={months} />
        ) : (
          <p class="empty">No events are planned yet. The calendar fills up here first.</p>
        )}
      </div>
    </section>
  );
}
