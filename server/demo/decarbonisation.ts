import { commonFaqs, newsletter, type DemoEvent, type DemoSpeaker } from './demo-content.ts';

export const decarbonisationSpeakers = {
  achebe: {
    name: 'Prof. David Achebe',
    email: 'david.achebe@example.org',
    jobTitle: 'Chair of Energy Policy',
    organisation: 'University of Calder',
    note: 'Led the review that put a price on every boiler in the public estate.',
    bio: 'David has spent twenty years on one question: **who pays, and when?**\n\nHis review of the public estate is read in treasuries and boiler rooms alike. He teaches, advises two combined authorities, and still keeps a spreadsheet of his own gas meter.',
  },
  marsh: {
    name: 'Helen Marsh',
    jobTitle: 'Chair of the day; former chief executive',
    organisation: 'Ardale Borough Council',
    pronouns: 'she/her',
    note: 'Closed four offices, opened a district heating scheme, and kept the library.',
    bio: 'Helen ran Ardale for nine years. She chairs days like this one by the clock, and asks the question that everybody else was too polite to ask.',
  },
  calloway: {
    name: 'Ruth Calloway',
    jobTitle: 'Head of Estates',
    organisation: 'Calderfold District Council',
  },
  sheikh: { name: 'Imran Sheikh', jobTitle: 'Programme Director', organisation: 'Westmarch County Council' },
  vaughan: { name: 'Eleri Vaughan', jobTitle: 'Cyfarwyddwr Ystadau', organisation: 'Cyngor Glan Menai' },
  brannigan: {
    name: 'Jo Brannigan',
    jobTitle: 'Leisure Services Manager',
    organisation: 'Westmarch County Council',
    pronouns: 'they/them',
  },
  asante: { name: 'Kwame Asante', jobTitle: 'Fleet Manager', organisation: 'Strathlorne Council' },
  nair: { name: 'Priya Nair', jobTitle: 'Director of Finance', organisation: 'Calderfold District Council' },
  rahman: { name: 'Dr Amina Rahman', jobTitle: 'Sustainability Lead', organisation: 'Severnside NHS Trust' },
  pritchard: { name: 'Owen Pritchard', jobTitle: 'Procurement Partner', organisation: 'Glan Menai Council' },
  lindqvist: { name: 'Marcus Lindqvist', jobTitle: 'Energy Manager', organisation: 'Ardale Borough Council' },
  lomax: { name: 'Beth Lomax', jobTitle: 'Head of Construction', organisation: 'North Fells College' },
  okafor: { name: 'Tom Okafor', jobTitle: 'Diocesan Surveyor', organisation: 'Diocese of Wharfedale' },
} satisfies Record<string, DemoSpeaker>;

const common = {
  title: 'PSE365: Public Sector Decarbonisation',
  topics: ['Net zero', 'Estates', 'Finance'],
  startTime: '09:30',
  endTime: '16:15',
  questions: [
    {
      label: 'What are you responsible for?',
      kind: 'multiple-choice',
      options: ['Buildings', 'Vehicles', 'Energy contracts', 'Budgets', 'Policy'],
    },
    { label: 'Which one question should the day answer for you?', kind: 'text' },
  ],
  consents: [
    newsletter,
    {
      purpose: 'fernlea-energy',
      wording: 'Fernlea Energy, which supports the day, may email me about heat networks.',
    },
  ],
  faqs: [
    ...commonFaqs,
    {
      question: 'Do I get a CPD certificate?',
      answer: 'If you watch at least three hours, it is in your account the next morning.',
    },
  ],
} as const;

export const decarbonisation2023: DemoEvent = {
  ...common,
  slug: 'public-sector-decarbonisation-2023',
  summary:
    'The first full day on getting public buildings off gas, from the people who had started. For estates, energy and finance teams in councils, hospitals and colleges.',
  description:
    'Grants were new, boilers were old and everybody had a target.\n\n## What the day covered\n\n- What a heat decarbonisation plan costs, and who reads it\n- The **first year** of four real programmes, with the invoices\n- How to ask for money twice without being told no once',
  stages: ['Main stage'],
  capacity: 400,
  registrations: 88,
  agenda: [
    ['09:30', 15, 'welcome', 1, 'Good morning from Ardale', ['marsh']],
    [
      '09:45',
      35,
      'keynote',
      1,
      'What a boiler really costs',
      ['achebe'],
      'The review in thirty minutes, and the one table to keep.',
    ],
    ['10:25', 40, 'panel', 1, 'Grants, loans and other people’s money', ['nair', 'sheikh', 'calloway']],
    ['11:05', 20, 'break', 0, 'Coffee'],
    [
      '11:25',
      35,
      'case-study',
      1,
      'One swimming pool, two winters',
      ['brannigan'],
      'The smallest project of the day, and the most copied.',
    ],
    ['12:05', 35, 'talk', 1, 'Forty electric vans by spring', ['asante']],
    ['12:40', 55, 'break', 0, 'Lunch'],
    [
      '13:35',
      40,
      'workshop',
      1,
      'Write the brief before the tender',
      ['pritchard'],
      'Bring a live specification.',
    ],
    ['14:20', 35, 'case-study', 1, 'A hospital asks its neighbours', ['rahman']],
    ['14:55', 15, 'break', 0, 'Tea'],
    ['15:10', 40, 'panel', 1, 'Who will fit all this?', ['lomax', 'okafor', 'vaughan', 'lindqvist']],
    ['15:50', 25, 'closing', 1, 'What we will do on Monday', ['marsh']],
  ],
};

export const decarbonisationNext: DemoEvent = {
  ...common,
  slug: 'public-sector-decarbonisation',
  summary:
    'For the people who sign off boilers, buses and budgets in councils, hospitals, colleges and government estates. Come if you have a target and half a plan; leave with the other half, costed by someone who has built it.',
  description:
    'Two stages, one day, no slogans. Every session is led by somebody who has **done it with public money** and will show you the numbers.\n\n## What you take home\n\n1. A way to price the buildings everybody calls too hard\n2. A tender that small firms can answer\n3. The finance director’s questions, *before* she asks them\n\n## How the day works\n\nBoth stages start together and break together, so you can change between them. Questions go up on the page and the chair puts them.',
  stages: ['Main stage', 'Workshop stage'],
  capacity: 600,
  registrations: 96,
  agenda: [
    ['09:30', 10, 'welcome', 0, 'Good morning, and what today is for', ['marsh']],
    ['09:40', 30, 'keynote', 0, 'Ten years to 2037: what the public estate still owes', ['achebe']],
    ['10:15', 40, 'panel', 1, 'Paying for heat when the grants end', ['calloway', 'sheikh', 'vaughan']],
    ['10:15', 40, 'workshop', 2, 'Read your own meters: half-hourly data in a spreadsheet', ['lindqvist']],
    ['10:55', 15, 'break', 0, 'Coffee'],
    [
      '11:10',
      35,
      'case-study',
      1,
      'Eleven leisure centres, one heat network',
      ['brannigan', 'sheikh'],
      'Three years, £14 million, and the summer the pools went cold. What they would do in a different order.',
    ],
    [
      '11:10',
      35,
      'workshop',
      2,
      'Write a tender that small firms can answer',
      ['pritchard'],
      'Bring a live specification. Leave with it four pages shorter.',
    ],
    ['11:45', 40, 'interview', 1, 'The finance director’s view: “Show me year nine”', ['nair', 'marsh']],
    ['11:45', 40, 'case-study', 2, 'From 40 electric vans to 400, without a new depot', ['asante']],
    ['12:25', 50, 'break', 0, 'Lunch'],
    ['13:15', 35, 'case-study', 1, 'A hospital that heats its neighbours', ['rahman']],
    ['13:15', 35, 'workshop', 2, 'Who will fit all this? Skills plans that survive contact', ['lomax']],
    [
      '13:50',
      45,
      'panel',
      1,
      'Churches, schools and town halls: the hard buildings',
      ['vaughan', 'okafor', 'calloway'],
    ],
    [
      '13:50',
      45,
      'clinic',
      2,
      'Bring your plan: twenty minutes with an engineer',
      ['lindqvist'],
      'Four slots, booked on the day.',
    ],
    ['14:35', 15, 'break', 0, 'Tea'],
    [
      '14:50',
      45,
      'debate',
      0,
      '“This house would stop buying offsets”',
      ['asante', 'achebe'],
      'You vote before and after.',
    ],
    ['15:40', 35, 'closing', 0, 'What we will do on Monday', ['marsh']],
  ],
};
