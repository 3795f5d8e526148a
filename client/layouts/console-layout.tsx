import type { ComponentChildren } from 'preact';
import type { ConsoleEvent } from '../../server/contracts/console-event.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { Document } from './document.tsx';
import { useSite } from './site-context.ts';

export type ConsoleSection =
  | 'events'
  | 'overview'
  | 'page'
  | 'sessions'
  | 'speakers'
  | 'registrations'
  | 'messages'
  | 'mail'
  | 'live'
  | 'streams'
  | 'replays'
  | 'attendance'
  | 'exports'
  | 'feedback';

interface ConsoleLayoutProps {
  title: string;
  section: ConsoleSection;
  /** The event being worked on; without it the rail shows the list of events only. */
  event?: ConsoleEvent | undefined;
  /** One line beside the title. */
  note?: string | undefined;
  /** Links and buttons at the end of the page's head. */
  actions?: ComponentChildren;
  /** Class of `main`, for pages that fill the screen. */
  page?: string | undefined;
  children: ComponentChildren;
}

export function ConsoleLayout({ title, section, event, note, actions, page, children }: ConsoleLayoutProps) {
  return (
    <Document title={event ? `${title}, ${event.title}` : title} hidden bodyClass="console">
      <Rail section={section} event={event} />
      <main id="main" class={page} tabIndex={-1}>
        <header class="page-head">
          <h1>{title}</h1>
          {note && <p>{note}</p>}
          {actions && <div class="acts">{actions}</div>}
        </header>
        <div class="page">{children}</div>
      </main>
    </Document>
  );
}

const eventSections: readonly { section: ConsoleSection; icon: IconName; text: string; sub: string }[] = [
  { section: 'overview', icon: 'overview', text: 'Overview', sub: '' },
  { section: 'page', icon: 'pencil', text: 'Event page', sub: '/edit' },
  { section: 'sessions', icon: 'calendar', text: 'Agenda', sub: '/sessions' },
  { section: 'speakers', icon: 'microphone', text: 'Speakers', sub: '/speakers' },
  { section: 'registrations', icon: 'people', text: 'Registrations', sub: '/registrations' },
  { section: 'messages', icon: 'message', text: 'Messages', sub: '/messages' },
  { section: 'mail', icon: 'mail', text: 'Mail sent', sub: '/mail' },
  { section: 'live', icon: 'live', text: 'Run of show', sub: '/run-of-show' },
  { section: 'streams', icon: 'play', text: 'Streams', sub: '/streams' },
  { section: 'replays', icon: 'film', text: 'Replays', sub: '/replays' },
  { section: 'attendance', icon: 'clock', text: 'Attendance', sub: '/attendance' },
  { section: 'feedback', icon: 'star', text: 'Feedback', sub: '/feedback' },
  { section: 'exports', icon: 'download', text: 'Live exports', sub: '/live-exports' },
];

function Rail({ section, event }: Pick<ConsoleLayoutProps, 'section' | 'event'>) {
  const site = useSite();
  return (
    <header class="rail">
      <a class="brand" href="/console/events">
        {site.name}
      </a>
      {event && (
        <a class="rail-event" href={event.publicPath}>
          <b>{event.title}</b> <span>{event.when}</span>
        </a>
      )}
      <nav aria-label="Console">
        <ul class="plain">
          <li>
            <RailLink href="/console/events" icon="list" text="All events" isCurrent={section === 'events'} />
          </li>
          {event &&
            eventSections.map((entry) => (
              <li key={entry.section}>
                <RailLink
                  href={event.path + entry.sub}
                  icon={entry.icon}
                  text={entry.text}
                  isCurrent={section === entry.section}
                />
              </li>
            ))}
        </ul>
      </nav>
      {site.signedIn && (
        <p class="rail-me">
          <a href="/account">{site.signedIn.email}</a>
        </p>
      )}
    </header>
  );
}

function RailLink(props: { href: string; icon: IconName; text: string; isCurrent: boolean }) {
  return (
    <a href={props.href} aria-current={props.isCurrent ? 'page' : undefined}>
      <Icon name={props.icon} />
      {props.text}
    </a>
  );
}
