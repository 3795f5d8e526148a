import { MailboxPage } from '../../../client/pages/development/mailbox.tsx';
import { MessagePage, type MessagePageProps } from '../../../client/pages/development/message.tsx';
import { ProblemPage } from '../../../client/pages/problems/problem.tsx';
import { DocumentPage } from '../../../client/pages/public/document.tsx';
import { EventPage } from '../../../client/pages/public/event.tsx';
import { EventsPage, type EventsPageProps } from '../../../client/pages/public/events.tsx';
import { HomePage, type HomePageProps } from '../../../client/pages/public/home.tsx';
import { SpeakerPage, type SpeakerPageProps } from '../../../client/pages/public/speaker.tsx';
import { eventStates } from './event-details.ts';
import { dateline, event, germanEvent, live, months, replays, welshEvent } from './events.ts';
import type { GalleryPage } from './gallery.ts';

export const homeProps: HomePageProps = {
  strapline: 'Online conferences for the people who run public services',
  today: 'Tuesday 9 March 2027',
  zoneNote: 'Times are UK time (GMT).',
  live: [live],
  next: { ...event, sessionCount: 14, stageCount: 2, speakerCount: 22 },
  months,
  topics: ['Net zero', 'Digital and data', 'Finance', 'Procurement', 'Housing'].map((name) => ({
    name,
    path: `/events?topic=${name.toLowerCase().replaceAll(' ', '-')}`,
  })),
  replays,
};

export const eventsProps: EventsPageProps = {
  filters: { topic: '', month: '', show: 'coming' },
  topics: [
    { value: 'net-zero', label: 'Net zero' },
    { value: 'digital', label: 'Digital and data' },
  ],
  months: [{ value: '2027-03', label: 'March 2027' }],
  results: months,
  count: 7,
};

export const speakerProps: SpeakerPageProps = {
  slug: 'amina-rahman',
  name: 'Dr Amina Rahman',
  pronouns: 'she/her',
  jobTitle: 'Sustainability Lead',
  organisation: 'Severnside NHS Trust',
  bioHtml: '<p>Amina runs the estate of four hospitals and has taken two of them off gas.</p>',
  portraitPath: null,
  links: [{ label: 'Severnside NHS Trust', href: 'https://severnside.example' }],
  coming: [
    {
      eventTitle: event.title,
      eventPath: `/events/${event.slug}`,
      sessionTitle: 'A hospital that heats its neighbours',
      kind: 'Case study',
      dateline,
      replayPath: null,
    },
  ],
  past: [
    {
      eventTitle: 'Warm Homes',
      eventPath: '/events/warm-homes',
      sessionTitle: 'Warm homes after the pilot',
      kind: 'Keynote',
      dateline,
      replayPath: '/r/1',
    },
  ],
};

const statuses = [400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503];
const sentAt = { iso: '2027-03-09T11:14:00.000Z', text: '9 March 2027, 11:14' };

export const messageProps: MessagePageProps = {
  mailboxPath: '/dev/mailbox',
  subject: 'You’re in: Public Sector Decarbonisation',
  from: 'PSE365 events <events@pse365.example>',
  to: 'a.whitlock@ardale.gov.uk',
  sentAt: sentAt,
  htmlPath: null,
  text: 'Hello Angharad,\n\nyour place is booked.',
  links: ['https://events.example/join/abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789'],
  parts: [{ name: 'invite.ics', type: 'text/calendar', size: '2 kB', path: '/dev/mailbox/1/parts/2' }],
  rawPath: '/dev/mailbox/1.eml',
};

export const publicPages: readonly GalleryPage[] = [
  { name: 'home', page: <HomePage {...homeProps} /> },
  {
    name: 'home quiet',
    page: (
      <HomePage
        {...homeProps}
        live={[]}
        next={{ ...event, registration: 'sold-out', sessionCount: 1, stageCount: 1, speakerCount: 1 }}
        replays={[]}
      />
    ),
  },
  { name: 'home empty', page: <HomePage {...homeProps} live={[]} next={null} months={[]} replays={[]} /> },
  {
    name: 'home long',
    page: (
      <HomePage
        {...homeProps}
        live={[
          {
            ...live,
            title: 'Verwaltungsdigitalisierungsbeschleunigungskonferenz der Gebietskörperschaften',
            now: [
              ...live.now,
              { ...live.now[0]!, stage: 'Nachhaltigkeitswerkstatt', title: welshEvent.title },
            ],
          },
        ]}
        next={{ ...germanEvent, sessionCount: 14, stageCount: 2, speakerCount: 22 }}
        months={[{ iso: '2027-03', name: 'March', events: [welshEvent, germanEvent] }]}
      />
    ),
  },
  { name: 'events', page: <EventsPage {...eventsProps} />, site: { path: '/events' } },
  {
    name: 'events on demand',
    page: <EventsPage {...eventsProps} filters={{ topic: 'net-zero', month: '', show: 'on-demand' }} />,
  },
  {
    name: 'events empty',
    page: (
      <EventsPage
        {...eventsProps}
        filters={{ topic: 'digital', month: '2027-03', show: 'all' }}
        results={[]}
        count={0}
      />
    ),
  },
  ...Object.entries(eventStates).map(([state, detail]) => ({
    name: `event ${state}`,
    page: <EventPage {...detail} />,
    site: { path: `/events/${detail.slug}` },
  })),
  { name: 'speaker', page: <SpeakerPage {...speakerProps} /> },
  {
    name: 'speaker new',
    page: <SpeakerPage {...speakerProps} bioHtml="" links={[]} coming={[]} past={[]} pronouns={null} />,
  },
  {
    name: 'document',
    page: (
      <DocumentPage
        title="Privacy"
        updatedOn="Tuesday 9 March 2027"
        html="<p>What we keep, why, and for how long.</p><h2>What we keep</h2><p>Your name.</p>"
      />
    ),
  },
  ...statuses.map((status) => ({
    name: `problem ${status}`,
    page: <ProblemPage status={status} detail={null} requestId={status === 500 ? 'req-7K4M29' : null} />,
  })),
  {
    name: 'mailbox',
    page: (
      <MailboxPage
        messages={[
          {
            path: '/dev/mailbox/1',
            to: 'a.whitlock@ardale.gov.uk',
            subject: 'You’re in: Public Sector Decarbonisation',
            sentAt,
            hasInvite: true,
          },
        ]}
      />
    ),
    site: { mailboxPath: '/dev/mailbox', path: '/dev/mailbox' },
  },
  { name: 'mailbox empty', page: <MailboxPage messages={[]} /> },
  {
    name: 'message',
    page: <MessagePage {...messageProps} />,
  },
];
