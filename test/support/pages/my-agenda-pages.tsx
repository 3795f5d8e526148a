import {
  CalendarFeedPage,
  type CalendarFeedPageProps,
} from '../../../client/pages/registration/calendar-feed.tsx';
import { MyAgendaPage, type MyAgendaPageProps } from '../../../client/pages/registration/my-agenda.tsx';
import { dateline, event, germanEvent } from './events.ts';
import type { GalleryPage } from './gallery.ts';
import { attendee } from './site.ts';

const at = (time: string) => ({ startsAt: `2027-03-23T${time}:00.000Z`, time, day: null });

export const myAgendaProps: MyAgendaPageProps = {
  registrationId: 'r1',
  event: { slug: event.slug, title: event.title, dateline },
  agenda: {
    zone: 'GMT',
    timeZone: 'Europe/London',
    items: [
      {
        kind: 'session',
        id: 's1',
        title: 'Ten years to 2037: what the public estate still owes',
        ...at('09:40'),
        until: '10:20',
        stage: null,
        isCancelled: false,
        clashes: [],
      },
      { kind: 'free', ...at('10:20'), until: '10:55', sessionCount: 2 },
      { kind: 'break', id: 's2', title: 'Coffee', ...at('10:55'), until: '11:10' },
      {
        kind: 'session',
        id: 's3',
        title: 'Eleven leisure centres, one heat network',
        ...at('11:10'),
        until: '11:45',
        stage: 'Main stage',
        isCancelled: false,
        clashes: ['Write a tender that small firms can answer'],
      },
      {
        kind: 'session',
        id: 's4',
        title: 'Write a tender that small firms can answer',
        ...at('11:10'),
        until: '11:55',
        stage: 'Workshop stage',
        isCancelled: false,
        clashes: ['Eleven leisure centres, one heat network'],
      },
      {
        kind: 'session',
        id: 's5',
        title: germanEvent.title,
        ...at('12:30'),
        until: '13:00',
        stage: 'Nachhaltigkeitsberichterstattungswerkstatt',
        isCancelled: true,
        clashes: [],
      },
    ],
  },
};

const address = `https://events.example/calendars/0d6f0e0c-0000-4000-8000-000000000001.${'aB3_-'.repeat(8)}xyz.ics`;
export const feedProps: CalendarFeedPageProps = {
  feed: {
    address,
    webcal: address.replace('https:', 'webcal:'),
    google: 'https://calendar.google.com/calendar/r?cid=x',
  },
  notice: 'Your calendar is ready to subscribe to.',
};

const site = { signedIn: attendee };

export const myAgendaPages: readonly GalleryPage[] = [
  { name: 'my agenda', page: <MyAgendaPage {...myAgendaProps} />, site },
  {
    name: 'my agenda empty',
    page: <MyAgendaPage {...myAgendaProps} agenda={{ ...myAgendaProps.agenda, items: [] }} />,
  },
  { name: 'my calendar', page: <CalendarFeedPage {...feedProps} />, site },
  { name: 'my calendar off', page: <CalendarFeedPage feed={null} notice={null} />, site },
];
