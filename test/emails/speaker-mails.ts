import type { Message } from '../../emails/message.ts';
import { speakerChanged } from '../../emails/speaker-changed.tsx';
import { speakerInvited, type SpeakerSession } from '../../emails/speaker-invited.tsx';
import { speakerWithdrawn } from '../../emails/speaker-withdrawn.tsx';
import { changesInWords } from '../../server/calendar-invites/speaker-changes.rules.ts';
import type { InviteContent } from '../../server/calendar-invites/speaker-invite.rules.ts';
import { datelineOf } from '../../server/platform/time/show-time.ts';

const site = { name: 'Plenary', url: 'https://events.example.org' };

/** What those who speak and lead get. */
export function speakerMails(word: (text: string) => string): Record<string, Message> {
  const content: InviteContent = {
    speakerName: word('Prof. David Achebe'),
    eventTitle: word('Public Sector Decarbonisation'),
    eventLang: 'en-GB',
    eventSlug: 'public-sector-decarbonisation-2027',
    zone: 'Europe/London',
    sessionTitle: word('Ten years to 2037: what the public estate still owes'),
    role: 'speaks',
    stage: word('Main stage'),
    startsAt: new Date('2027-03-23T09:40:00Z'),
    endsAt: new Date('2027-03-23T10:10:00Z'),
    others: [word('Helen Marsh'), word('Imran Sheikh')],
  };
  const eventUrl = `${site.url}/events/${content.eventSlug}`;
  const session: SpeakerSession = {
    speaker: { name: content.speakerName },
    title: content.sessionTitle,
    role: content.role,
    stage: content.stage ?? null,
    dateline: datelineOf(content),
    others: content.others,
    event: { title: content.eventTitle, lang: content.eventLang, url: eventUrl },
    liveUrl: `${eventUrl}/live`,
    organiser: { name: word('PSE365') },
  };
  const before: InviteContent = {
    ...content,
    eventTitle: word('Decarbonisation'),
    sessionTitle: word('Ten years left'),
    role: 'leads',
    stage: word('Workshop stage'),
    startsAt: new Date('2027-03-22T09:30:00Z'),
    endsAt: new Date('2027-03-22T10:00:00Z'),
  };
  return {
    'speaker-invited': speakerInvited({ session, site }),
    'speaker-invited-to-lead': speakerInvited({
      session: { ...session, role: 'speaks-and-leads', stage: null, others: [] },
      site,
    }),
    'speaker-changed': speakerChanged({ session, site, changes: changesInWords(before, content) }),
    'speaker-withdrawn': speakerWithdrawn({ session, site, because: 'not-on-session' }),
    'speaker-withdrawn-event-cancelled': speakerWithdrawn({ session, site, because: 'event-cancelled' }),
    'speaker-withdrawn-address-changed': speakerWithdrawn({ session, site, because: 'address-changed' }),
  };
}
