import { emailChangeRequested } from '../../emails/email-change-requested.tsx';
import { emailChanged } from '../../emails/email-changed.tsx';
import { eventCancelled } from '../../emails/event-cancelled.tsx';
import { eventUpdated } from '../../emails/event-updated.tsx';
import type { MailEvent, Message } from '../../emails/message.ts';
import { placeReleaseOffered } from '../../emails/place-release-offered.tsx';
import { registrationCancelled } from '../../emails/registration-cancelled.tsx';
import { registrationConfirmed } from '../../emails/registration-confirmed.tsx';
import { registrationPassedOn } from '../../emails/registration-passed-on.tsx';
import { registrationRepeated } from '../../emails/registration-repeated.tsx';
import { signIn } from '../../emails/sign-in.tsx';
import { calendarLinks } from '../../server/calendar-invites/calendar-links.rules.ts';
import { datelineOf } from '../../server/platform/time/show-time.ts';
import { messageMails } from './message-mails.ts';
import { speakerMails } from './speaker-mails.ts';

const site = { name: 'Plenary', url: 'https://events.example.org' };
const startsAt = new Date('2027-03-23T09:30:00Z');
const endsAt = new Date('2027-03-23T16:15:00Z');
const token = 'q4Zk9vT1cX8bYwLr3mNs7hJd2fGp6aEu0iOtRzKyWxV';

/** Every message, with what stands where people type replaced by `word`. */
export function everyMail(word: (text: string) => string = (text) => text): Record<string, Message> {
  const event: MailEvent = {
    title: word('Public Sector Decarbonisation'),
    lang: 'en-GB',
    dateline: datelineOf({ startsAt, endsAt, zone: 'Europe/London' }),
    url: `${site.url}/events/public-sector-decarbonisation-2027`,
    organiser: { name: word('PSE365'), email: 'hello@pse365.example' },
  };
  const person = { name: word('Angharad Price') };
  const links = {
    joinUrl: `${site.url}/join/6f1c2d7e-0000-4000-8000-000000000001.${token}`,
    manageUrl: `${site.url}/registrations/6f1c2d7e-0000-4000-8000-000000000001/open/${token}`,
  };
  const about = { person, event, site };
  const confirmed = {
    ...about,
    ...links,
    reference: '7K4M-29AB',
    price: 'Free',
    doors: { iso: '2027-03-23T09:15:00Z', text: '09:15' },
    calendar: calendarLinks(
      { title: event.title, summary: 'Who pays, and when?', url: event.url, startsAt, endsAt },
      `${event.url}.ics`,
    ),
    highlights: [
      {
        time: '09:40',
        title: word('Ten years to 2037: what the public estate still owes'),
        note: word('Keynote, Prof. David Achebe'),
      },
      { time: '11:10', title: word('Eleven leisure centres, one heat network'), note: '' },
    ],
    registeredOn: 'Tuesday 9 March 2027',
    passedOnBy: null,
  };
  return {
    ...speakerMails(word),
    ...messageMails(word, event, links),
    'sign-in': signIn({ link: `${site.url}/sign-in/open/${token}`, code: '402917', minutes: 10, site }),
    'registration-confirmed': registrationConfirmed(confirmed),
    'registration-confirmed-passed-on': registrationConfirmed({
      ...confirmed,
      highlights: [],
      passedOnBy: word('Imran Sheikh'),
    }),
    'registration-repeated': registrationRepeated({ ...confirmed }),
    'registration-cancelled': registrationCancelled(about),
    'registration-passed-on': registrationPassedOn({ ...about, colleague: { name: word('Imran Sheikh') } }),
    'email-change-requested': emailChangeRequested({
      ...about,
      confirmUrl: `${site.url}/registrations/6f1c/confirm-email/${token}`,
      hours: 24,
    }),
    'email-changed': emailChanged(about),
    'place-release-offered': placeReleaseOffered({ ...about, manageUrl: links.manageUrl }),
    'event-updated': eventUpdated({
      ...about,
      ...links,
      changes: [
        word('Now called “Public Sector Decarbonisation”, before “Decarbonisation”'),
        'Starts 09:30 instead of 09:00',
        word('“Eleven leisure centres, one heat network” is cancelled'),
        'and 3 more changes',
      ],
      agenda: confirmed.highlights,
      moreSessions: 2,
    }),
    'event-updated-without-agenda': eventUpdated({
      ...about,
      ...links,
      changes: ['On Wednesday 24 March instead of Tuesday 23 March'],
      agenda: [],
      moreSessions: 0,
    }),
    'event-cancelled': eventCancelled({ ...about, because: word('The venue’s line is down.') }),
  };
}
