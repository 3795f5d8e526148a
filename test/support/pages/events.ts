import type { Dateline } from '../../../server/contracts/dateline.ts';
import type { EventCard, EventMonth, LiveStrip, ReplayCard } from '../../../server/contracts/event-card.ts';

export const dateline: Dateline = {
  startsAt: '2027-03-23T09:30:00.000Z',
  endsAt: '2027-03-23T16:15:00.000Z',
  date: 'Tuesday 23 March 2027',
  times: '09:30 to 16:15',
  zone: 'GMT',
  timeZone: 'Europe/London',
};

export const event: EventCard = {
  slug: 'public-sector-decarbonisation',
  title: 'Public Sector Decarbonisation',
  summary:
    'The money is tighter and the deadline has not moved. One day on heat, buildings and fleets with the estates teams and finance leads who have already done it, and who will show you the figures.',
  lang: null,
  topics: ['Net zero'],
  dateline,
  day: '23',
  weekday: 'Tue',
  price: 'Free',
  state: 'upcoming',
  registration: 'open',
  registrationOpensOn: null,
  places: { capacity: 600, taken: 438 },
};

export const welshEvent: EventCard = {
  ...event,
  slug: 'cynhadledd',
  lang: 'cy',
  title: 'Cynhadledd Ddatgarboneiddio’r Gwasanaethau Cyhoeddus yng Nghymru a’r Gororau',
  summary:
    'Diwrnod cyfan ar wres, adeiladau a cherbydau gyda’r timau ystadau a’r arweinwyr cyllid sydd eisoes wedi cyflawni’r gwaith, ac a fydd yn dangos y ffigurau i chi.',
};

export const germanEvent: EventCard = {
  ...event,
  slug: 'waermeplanung',
  lang: 'de',
  title: 'Wärmeversorgungsinfrastrukturgesetzgebungsverfahren und Liegenschaftsverwaltungsmodernisierung',
  summary:
    'Für Verantwortliche in der Liegenschaftsverwaltung, der Haushaltswirtschaft und der Nachhaltigkeitsberichterstattung öffentlicher Körperschaften.',
};

const on = (iso: string, day: string, weekday: string): Pick<EventCard, 'day' | 'weekday' | 'dateline'> => ({
  day,
  weekday,
  dateline: { ...dateline, startsAt: `${iso}T10:00:00.000Z`, endsAt: `${iso}T14:30:00.000Z` },
});

export const months: readonly EventMonth[] = [
  {
    iso: '2027-03',
    name: 'March',
    events: [
      {
        ...event,
        ...on('2027-03-09', '9', 'Tue'),
        slug: 'digital-inclusion',
        title: 'Digital Inclusion in Local Services',
        summary:
          'Devices, data and confidence: what libraries, housing teams and job centres can do together.',
        topics: ['Digital and data'],
        state: 'live',
        registration: 'closed',
      },
      { ...event, summary: 'Heat, buildings and fleets, with the people who have already done it.' },
    ],
  },
  {
    iso: '2027-05',
    name: 'May',
    events: [
      {
        ...event,
        ...on('2027-05-13', '13', 'Thu'),
        slug: 'contact-centre',
        title: 'AI in the Contact Centre',
        summary: 'Six councils, six honest accounts, and the calls that still need a person.',
        topics: ['Digital and data', 'People'],
        registration: 'sold-out',
        places: { capacity: 200, taken: 200 },
      },
      {
        ...event,
        ...on('2027-05-20', '20', 'Thu'),
        slug: 'procurement',
        title: 'The Procurement Act in Practice',
        summary: 'Two years in: frameworks, notices, and buying from small firms without tears.',
        topics: ['Procurement'],
        places: { capacity: 300, taken: 286 },
      },
    ],
  },
  { iso: '2027-08', name: 'August', events: [] },
  {
    iso: '2027-10',
    name: 'October',
    events: [
      {
        ...event,
        ...on('2027-10-12', '12', 'Tue'),
        slug: 'clean-air',
        title: 'Clean Air and Getting About',
        registration: 'not-yet-open',
        registrationOpensOn: '1 June',
      },
      {
        ...event,
        ...on('2027-10-14', '14', 'Thu'),
        slug: 'cancelled',
        title: 'Commissioning for Outcomes',
        state: 'cancelled',
        registration: 'closed',
      },
      {
        ...event,
        ...on('2027-10-21', '21', 'Thu'),
        slug: 'open-house',
        title: 'Open House for New Starters',
        places: { capacity: null, taken: 12 },
      },
    ],
  },
];

export const live: LiveStrip = {
  slug: 'digital-inclusion',
  title: 'Digital Inclusion in Local Services',
  now: [
    {
      stage: 'Main stage',
      time: '10:40',
      title: 'The library as the front door',
      who: 'Siân Bevan',
      left: '12 min left',
      percentDone: 66,
    },
  ],
  next: { time: '11:20', title: 'Short break, back at 11:35' },
};

export const replays: readonly ReplayCard[] = [
  {
    path: '/events/warm-homes/replays/1',
    title: 'Warm homes after the pilot: what 1,200 retrofits taught us',
    slug: 'warm-homes-after-the-pilot',
    length: '41 min',
    topic: 'Housing',
    month: 'November 2026',
    who: 'Dr Amina Rahman, Ardale Borough Council',
    summary:
      '“We stopped asking tenants to choose a heat pump and started asking when they were cold.” The numbers, the complaints, and the contract clause that changed everything.',
  },
  {
    path: '/r/2',
    title: 'Buying from small firms, without a 90-page tender',
    slug: 'buying-small',
    length: '28 min',
    topic: 'Procurement',
    month: 'October 2026',
    who: 'Owen Pritchard, Glan Menai Council',
    summary: null,
  },
  {
    path: '/r/3',
    title: 'The week we switched off the PDF',
    slug: 'pdf-week',
    length: '34 min',
    topic: 'Digital and data',
    month: 'September 2026',
    who: 'Siân Bevan and Tom Okafor',
    summary: null,
  },
  {
    path: '/r/4',
    title: 'A budget that residents can read',
    slug: 'readable-budget',
    length: '22 min',
    topic: null,
    month: 'June 2026',
    who: '',
    summary: null,
  },
];
