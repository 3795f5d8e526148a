import type { EventDetail } from '../../../server/contracts/event-detail.ts';
import { EventCalendar } from '../../components/event-calendar.tsx';
import { EventBar } from '../../components/event-bar.tsx';
import { EventHero } from '../../components/event-hero.tsx';
import { EventQuestions } from '../../components/event-questions.tsx';
import { EventSpeakers } from '../../components/event-speakers.tsx';
import { EventStatus } from '../../components/event-status.tsx';
import { AgendaSection } from '../../components/agenda-section.tsx';
import { eventStructuredData } from '../../components/event-structured-data.ts';
import { Facts } from '../../components/facts.tsx';
import { Prose } from '../../components/prose.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';
import { useSite } from '../../layouts/site-context.ts';

export type EventPageProps = EventDetail;

export function EventPage(event: EventPageProps) {
  const site = useSite();
  const isListed = event.state !== 'draft';
  const isToCome = isListed && event.state !== 'ended' && event.state !== 'cancelled';
  return (
    <PublicLayout
      title={event.title}
      description={event.summary}
      hidden={!isListed}
      picture={event.picturePath}
      stylesheet={event.accentStylesheet}
      structuredData={isListed ? eventStructuredData(event, site) : undefined}
      page="event"
    >
      <EventStatus event={event} />
      <EventHero event={event} />
      <EventBar event={event} />
      <About event={event} />
      <AgendaSection event={event} />
      {isToCome && <EventCalendar event={event} />}
      {event.speakers.length > 0 && <EventSpeakers speakers={event.speakers} />}
      {event.questions.length > 0 && (
        <EventQuestions questions={event.questions} organiser={event.organiser} />
      )}
    </PublicLayout>
  );
}

function About({ event }: { event: EventPageProps }) {
  return (
    <section class="section" id="about" aria-labelledby="about-title">
      <div class="wrap side">
        <header>
          <h2 id="about-title">Who it is for</h2>
        </header>
        <div class="about" lang={event.lang ?? undefined}>
          <p class="statement">{event.summary}</p>
          {event.descriptionHtml && <Prose html={event.descriptionHtml} />}
          <Facts
            look="facts"
            facts={[
              { term: 'Price', value: event.price },
              { term: 'Where', value: 'Online, in your browser. There is nothing to install.' },
              { term: 'Run by', value: event.organiser.name },
              ...(event.registrationCloses
                ? [{ term: 'Registration closes', value: event.registrationCloses }]
                : []),
              ...(event.topics.length > 0
                ? [{ term: 'Topics', value: <Topics topics={event.topics} /> }]
                : []),
            ]}
          />
        </div>
      </div>
    </section>
  );
}

function Topics({ topics }: Pick<EventPageProps, 'topics'>) {
  return topics.map((topic, index) => (
    <span key={topic.path}>
      {index > 0 && ', '}
      <a href={topic.path}>{topic.name}</a>
    </span>
  ));
}
