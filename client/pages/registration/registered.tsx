import type { CalendarLinks } from '../../../server/contracts/calendar-links.ts';
import type { Dateline } from '../../../server/contracts/dateline.ts';
import type { Places } from '../../../server/contracts/event-card.ts';
import { CalendarButtons } from '../../components/calendar-buttons.tsx';
import { Facts } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { When } from '../../components/local-time.tsx';
import { Seats } from '../../components/seats.tsx';
import { SideSection } from '../../components/side-section.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

/** The same for a first and a repeat registration: it must not tell a stranger who is registered. */
export interface RegisteredPageProps {
  event: {
    slug: string;
    title: string;
    dateline: Dateline;
    places: Places;
    /** "09:15", "09:30", "16:15" in the event's zone. */
    times: { doors: string; start: string; end: string };
    organiser: { name: string; email: string | null };
  };
  /** As typed a moment ago; null when the page is opened later. */
  email: string | null;
  /** Subject of the mail, so that it can be found. */
  mailSubject: string;
  mailFrom: string;
  calendar: CalendarLinks;
}

export function RegisteredPage({ event, email, mailSubject, mailFrom, calendar }: RegisteredPageProps) {
  return (
    <PublicLayout title={`You’re in: ${event.title}`} hidden page="registered">
      <YoureIn event={event} email={email} />
      <div class="wrap">
        <SideSection id="calendar" title="Put it in your calendar">
          <CalendarButtons links={calendar} />
          <p class="muted">
            The entry in your email updates itself if a time changes. Entries added with these buttons may
            not, so we email you too.
          </p>
        </SideSection>
        <SideSection id="mail" title="Look for our email">
          <LookForMail subject={mailSubject} from={mailFrom} />
        </SideSection>
        <SideSection id="joining" title="Joining on the day">
          <OnTheDay times={event.times} zone={event.dateline.zone} />
        </SideSection>
        <SideSection id="cannot-come" title="If you cannot come" last>
          <p>
            The email has a link to cancel your place so that someone else can have it, or to pass it to a
            colleague. You can also <a href="/sign-in">find it in My places</a>.
          </p>
          {event.organiser.email && (
            <p class="muted">
              Anything else: <a href={`mailto:${event.organiser.email}`}>{event.organiser.email}</a>
            </p>
          )}
        </SideSection>
      </div>
    </PublicLayout>
  );
}

function YoureIn({ event, email }: Pick<RegisteredPageProps, 'event' | 'email'>) {
  return (
    <section class="youre-in" aria-labelledby="in-title">
      <div class="in-text">
        <p class="in-tick">
          <Icon name="check" />
          Registered
        </p>
        <h1 id="in-title">You’re in</h1>
        <p class="lede">
          Your place at <a href={`/events/${event.slug}`}>{event.title}</a> is booked. We have written to{' '}
          <strong>{email ?? 'your email address'}</strong>.
        </p>
        <Facts
          look="in-facts"
          facts={[
            { term: 'When', value: <When dateline={event.dateline} /> },
            { term: 'Where', value: 'Online, in your browser' },
            { term: 'Run by', value: event.organiser.name },
          ]}
        />
      </div>
      <figure class="in-plate">
        <Seats places={event.places} withYours />
        <figcaption>
          <span class="yours-key" />
          {event.places.capacity === null
            ? 'Your place'
            : `Your place, one of ${event.places.capacity.toLocaleString('en-GB')}`}
        </figcaption>
      </figure>
    </section>
  );
}

function LookForMail({ subject, from }: { subject: string; from: string }) {
  const holds = [
    'your own join link',
    'the calendar entry, as an attachment',
    'a link to change, pass on or cancel your place',
  ];
  return (
    <div class="two">
      <div>
        <p>
          From <strong>{from}</strong>, with the subject “{subject}”. It holds:
        </p>
        <ul class="ticks plain">
          {holds.map((text) => (
            <li key={text}>
              <Icon name="check" />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </div>
      <div class="nomail">
        <h3>Nothing after five minutes?</h3>
        <p>
          Look in junk or quarantine, then <a href="/sign-in">ask for a new link</a>. Your place is safe
          either way.
        </p>
      </div>
    </div>
  );
}

function OnTheDay({ times, zone }: { times: RegisteredPageProps['event']['times']; zone: string }) {
  const steps = [
    {
      time: times.doors,
      title: 'Doors open',
      text: 'Open the link in your email. It knows who you are; there is nothing to install.',
    },
    { time: times.start, title: 'We start on time', text: 'Come and go as you like.' },
    { time: times.end, title: 'We end on time', text: 'What was recorded stays on the event’s page.' },
  ];
  return (
    <ol class="plain howto">
      {steps.map((step) => (
        <li key={step.title}>
          <span class="n num">
            {step.time} <span class="vh">{zone}</span>
          </span>
          <div>
            <h3>{step.title}</h3>
            <p>{step.text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
