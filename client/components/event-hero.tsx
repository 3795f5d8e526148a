import type { EventDetail } from '../../server/contracts/event-detail.ts';
import { Facts } from './facts.tsx';
import { When } from './local-time.tsx';
import { OnStage } from './on-stage.tsx';
import { placesOfText } from './places-text.ts';
import { Plate } from './plate.tsx';
import { Seats } from './seats.tsx';
import { titleLook } from './title-look.ts';

/** The title as the cover of the page; its plate shows the stage when live, and the chamber before. */
export function EventHero({ event }: { event: EventDetail }) {
  return (
    <section class="hero" aria-labelledby="event-title">
      <div class="hero-text">
        <p class="hero-status">
          <HeroStatus event={event} />
        </p>
        <h1 id="event-title" class={titleLook(event.title)} lang={event.lang ?? undefined}>
          {event.title}
        </h1>
        <div
          class="hero-when"
          data-enhance="dateline"
          data-starts={event.dateline.startsAt}
          data-ends={event.dateline.endsAt}
          data-zone={event.dateline.timeZone}
        >
          <Facts look="when-list" facts={[{ term: 'When', value: <When dateline={event.dateline} /> }]} />
        </div>
      </div>
      <HeroPlate event={event} />
    </section>
  );
}

function HeroStatus({ event }: { event: EventDetail }) {
  switch (event.state) {
    case 'live':
      return (
        <>
          <span class="tag live">
            <span class="live-dot" />
            Live now
          </span>{' '}
          {event.statusNote && <span>{event.statusNote}</span>}
        </>
      );
    case 'starting-soon':
      return (
        <>
          <span class="tag soon">Starting soon</span> {event.statusNote && <span>{event.statusNote}</span>}
        </>
      );
    case 'ended':
      return <span class="tag">Ended</span>;
    case 'cancelled':
      return <span class="tag">Cancelled</span>;
    case 'draft':
      return <span class="tag">Draft</span>;
    case 'upcoming':
      return <span class="muted">Online{event.price === 'Free' ? ', free' : ''}</span>;
  }
}

function HeroPlate({ event }: { event: EventDetail }) {
  if (event.state === 'live' && event.onStage.length > 0)
    return <OnStage stages={event.onStage} next={event.next} />;
  if (event.state === 'ended' || event.state === 'cancelled' || event.places.capacity === null) {
    return (
      <div class="hero-stage is-drawn">
        <Plate seed={event.slug} shape="poster" />
      </div>
    );
  }
  return (
    <figure class="hero-stage">
      <Seats places={event.places} />
      <figcaption>
        <strong>{placesOfText(event.places)}.</strong> A filled seat is taken, a ring is free.
      </figcaption>
    </figure>
  );
}
