import type { EventDetail } from '../../../server/contracts/event-detail.ts';
import type { SpeakerCard } from '../../../server/contracts/speaker-card.ts';
import {
  agenda,
  chosenSessionId,
  endedAgenda,
  liveAgenda,
  longAgenda,
  threeStagesOverTwoDays,
} from './agenda.ts';
import { dateline, event, germanEvent, welshEvent } from './events.ts';

const person = (
  name: string,
  jobTitle: string,
  organisation: string,
  note: string | null = null,
): SpeakerCard => ({
  slug: name.toLowerCase().replace(/[^a-z]+/g, '-'),
  name,
  jobTitle,
  organisation,
  note,
  portraitPath: null,
});

export const speakers: readonly SpeakerCard[] = [
  person(
    'Prof. David Achebe',
    'Chair of Energy Policy',
    'University of Calder',
    'Led the review that put a price on every boiler in the public estate.',
  ),
  person(
    'Helen Marsh',
    'Chair of the day',
    'Ardale Borough Council',
    'Closed four offices, opened a district heating scheme, and kept the library.',
  ),
  person('Ruth Calloway', 'Head of Estates', 'Calderfold District Council'),
  person('Imran Sheikh', 'Programme Director', 'Westmarch County Council'),
  person('Eleri Vaughan', 'Cyfarwyddwr Ystadau', 'Cyngor Glan Menai'),
  person('Jo Brannigan', 'Leisure Services Manager', 'Westmarch County Council'),
  person('Kwame Asante', 'Fleet Manager', 'Strathlorne Council'),
  person('Priya Nair', 'Director of Finance', 'Calderfold District Council'),
  person('Dr Amina Rahman', 'Sustainability Lead', 'Severnside NHS Trust'),
  person('Owen Pritchard', 'Procurement Partner', 'Glan Menai Council'),
];

export const upcoming: EventDetail = {
  slug: event.slug,
  title: event.title,
  lang: null,
  summary:
    'For the people who sign off boilers, buses and budgets in councils, hospitals, colleges and government estates. Come if you have a target and half a plan; leave with the other half, costed by someone who has built it.',
  descriptionHtml:
    '<h2>What you leave with</h2><p>Fourteen sessions on two stages, each by someone who has done the work.</p><ul><li>A <strong>survey sheet</strong> for radiators and pipes</li><li>Real costs from 14 hospital blocks</li></ul>',
  state: 'upcoming',
  registration: 'open',
  registrationOpens: null,
  registrationCloses: 'Tuesday 23 March 2027, 09:00 GMT',
  dateline,
  price: 'Free',
  places: event.places,
  topics: [{ name: 'Net zero', path: '/events?topic=net-zero' }],
  statusNote: null,
  onStage: [],
  next: null,
  agenda,
  speakers,
  questions: [
    { question: 'Is it really free?', answerHtml: '<p>Yes, for everyone in the public sector.</p>' },
    {
      question: 'Will it work on my council laptop?',
      answerHtml: '<p>It runs in Edge, Chrome, Firefox or Safari with nothing to install.</p>',
    },
  ],
  organiser: { name: 'PSE365', email: 'events@pse365.example' },
  ownPlacePath: null,
  stars: null,
  calendar: {
    google: 'https://g.example',
    outlook: 'https://o.example',
    microsoft365: 'https://m.example',
    yahoo: 'https://y.example',
    ics: `/events/${event.slug}/event.ics`,
  },
  series: { name: 'Public Sector Decarbonisation', icsPath: '/series/public-sector-decarbonisation.ics' },
  consolePath: null,
  accentStylesheet: null,
  picturePath: null,
};

const stars = { action: '/registrations/r1/stars', from: 'event' as const, sessionIds: [chosenSessionId] };

/** Every state an event's page can be in, by name. */
export const eventStates: Readonly<Record<string, EventDetail>> = {
  upcoming,
  'with-own-place': { ...upcoming, ownPlacePath: '/registrations/r1', stars },
  draft: { ...upcoming, state: 'draft', consolePath: '/console/events/e1' },
  'not-yet-open': {
    ...upcoming,
    registration: 'not-yet-open',
    registrationOpens: 'Monday 15 March 2027, 09:00 GMT',
  },
  closed: { ...upcoming, registration: 'closed' },
  'sold-out': { ...upcoming, registration: 'sold-out', places: { capacity: 600, taken: 600 } },
  'starting-soon': { ...upcoming, state: 'starting-soon', statusNote: 'Doors are open. It starts at 09:30.' },
  live: {
    ...upcoming,
    state: 'live',
    statusNote: 'until 16:15',
    agenda: liveAgenda,
    onStage: [
      {
        stage: 'Main stage',
        time: '11:10',
        title: 'Eleven leisure centres, one heat network',
        who: 'Jo Brannigan and Imran Sheikh',
        left: '13 min left',
        percentDone: 63,
      },
      {
        stage: 'Workshop stage',
        time: '11:10',
        title: 'Write a tender that small firms can answer',
        who: 'Owen Pritchard',
        left: 'Paused',
        percentDone: 63,
      },
    ],
    next: { time: '11:45', title: '“Show me year nine”' },
  },
  ended: { ...upcoming, state: 'ended', registration: 'closed', agenda: endedAgenda },
  cancelled: {
    ...upcoming,
    state: 'cancelled',
    registration: 'closed',
    statusNote: 'The venue’s studio was flooded. We hope to hold it in June.',
  },
  'without-limit': {
    ...upcoming,
    places: { capacity: null, taken: 3 },
    speakers: [],
    questions: [],
    descriptionHtml: '',
    agenda: { ...agenda, slots: [] },
  },
  'three-stages': { ...upcoming, agenda: threeStagesOverTwoDays, speakers: speakers.slice(0, 1) },
  welsh: {
    ...upcoming,
    lang: 'cy',
    title: welshEvent.title,
    summary: welshEvent.summary,
    agenda: longAgenda,
  },
  german: {
    ...upcoming,
    ownPlacePath: '/registrations/r1',
    stars,
    lang: 'de',
    title: germanEvent.title,
    summary: germanEvent.summary,
    agenda: longAgenda,
    state: 'live',
    onStage: [
      {
        stage: 'Nachhaltigkeitsberichterstattungswerkstatt',
        time: '11:10',
        title: germanEvent.title,
        who: '',
        left: 'noch 13 Minuten',
        percentDone: 20,
      },
    ],
  },
};
