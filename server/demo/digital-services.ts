import { commonFaqs, newsletter, type DemoEvent, type DemoSpeaker } from './demo-content.ts';

export const digitalSpeakers = {
  clarke: {
    name: 'Yvonne Clarke',
    jobTitle: 'Chief Digital Officer',
    organisation: 'Harrowgate City Council',
    pronouns: 'she/her',
    note: 'Turned off the last fax machine, and then the portal that replaced it.',
    bio: 'Yvonne ran contact centres before she ran digital teams, so she reads **call transcripts** before dashboards.',
  },
  varga: {
    name: 'Bence Varga',
    jobTitle: 'Service Designer',
    organisation: 'Peakshire County Council',
    note: 'Sat in forty waiting rooms with a stopwatch and a flask.',
    bio: 'Bence designs services from the queue backwards.',
  },
  nwosu: { name: 'Chidi Nwosu', jobTitle: 'Head of Data', organisation: 'Eastmere NHS Foundation Trust' },
  lindsay: { name: 'Morag Lindsay', jobTitle: 'Content Lead', organisation: 'Strathlorne Council' },
  patel: { name: 'Hitesh Patel', jobTitle: 'Accessibility Specialist', organisation: 'Open Counter' },
  thomas: { name: 'Rhian Thomas', jobTitle: 'Pennaeth Digidol', organisation: 'Cyngor Glan Menai' },
  barnes: {
    name: 'Leon Barnes',
    jobTitle: 'Security Architect',
    organisation: 'Tarn and Wold Combined Authority',
  },
  osei: {
    name: 'Abena Osei',
    jobTitle: 'Benefits Service Manager',
    organisation: 'Calderfold District Council',
  },
  fletcher: {
    name: 'Grace Fletcher',
    jobTitle: 'Delivery Manager',
    organisation: 'Northfold Borough Council',
  },
  ahmed: {
    name: 'Sana Ahmed',
    jobTitle: 'Machine Learning Engineer',
    organisation: 'Office for Local Evidence',
  },
  reid: {
    name: 'Callum Reid',
    jobTitle: 'Customer Services Manager',
    organisation: 'Westmarch County Council',
  },
  novak: {
    name: 'Dr Ivana Novak',
    jobTitle: 'Information Governance Lead',
    organisation: 'Severnside NHS Trust',
  },
} satisfies Record<string, DemoSpeaker>;

/** On today: its clock times are made from the hour of the day, so the starts here are minutes from the first. */
export const digitalToday: DemoEvent = {
  slug: 'digital-services-today',
  title: 'Digital Services That Answer',
  summary:
    'A day about services that people finish the first time, for everyone who runs, designs or answers for them. Come in at any point and stay as long as you like.',
  description:
    'Nobody wants to *engage with a platform*. They want a parking permit.\n\nToday is one stage and short sessions about services that **answer**: the form, the letter, the phone and the person behind them.\n\n## Come for\n\n- evidence you can quote on Thursday\n- patterns you may copy\n- an honest hour about machine learning',
  topics: ['Digital', 'Data and AI'],
  stages: ['Main stage'],
  startTime: '',
  endTime: '',
  capacity: 500,
  registrations: 43,
  questions: [
    { label: 'Which service would you mend first?', kind: 'text' },
    {
      label: 'Where do you work?',
      kind: 'choice',
      options: ['Council', 'Health', 'Central government', 'Charity', 'Somewhere else'],
    },
  ],
  consents: [newsletter],
  faqs: commonFaqs,
  agenda: [
    ['', 15, 'welcome', 1, 'Welcome: the service is the answer', ['clarke']],
    [
      '',
      40,
      'keynote',
      1,
      'Forty waiting rooms',
      ['varga'],
      'What people do while they wait for us, and what it costs.',
    ],
    ['', 40, 'panel', 1, 'The letter, the form and the phone', ['lindsay', 'osei', 'reid']],
    ['', 15, 'break', 0, 'Coffee'],
    ['', 35, 'case-study', 1, 'One sign-in, nine councils', ['barnes', 'fletcher']],
    [
      '',
      35,
      'talk',
      1,
      'Accessible is a deadline',
      ['patel'],
      'How to stop finding it out in the last week.',
    ],
    ['', 45, 'break', 0, 'Lunch'],
    [
      '',
      45,
      'workshop',
      1,
      'Cut a form in half, together',
      ['lindsay', 'varga'],
      'Bring a form. We do three of them live.',
    ],
    [
      '',
      35,
      'case-study',
      1,
      'Gwasanaethau dwyieithog o’r dechrau: two languages from the first line',
      ['thomas'],
    ],
    ['', 15, 'break', 0, 'Tea'],
    ['', 40, 'panel', 1, 'Machine learning, with the lid off', ['ahmed', 'nwosu', 'novak']],
    ['', 25, 'closing', 1, 'What will you turn off?', ['clarke']],
  ],
};

/** Small and full. */
export const procurementClinic: DemoEvent = {
  slug: 'procurement-clinic',
  title: 'Procurement Clinic: Buying Software Small',
  summary:
    'Twenty-four people, three lawyers and one morning on contracts you can leave. For buyers in councils, health and education.',
  description:
    'A small, practical morning. Bring a contract you would like to get out of.\n\n- Notice periods, exit plans and **who owns the data**\n- Frameworks: when they help and when they only feel safe\n- A clause library to take away',
  topics: ['Procurement', 'Digital'],
  stages: ['Main stage'],
  startTime: '10:00',
  endTime: '13:00',
  capacity: 24,
  registrations: 24,
  questions: [{ label: 'Which contract are you bringing?', kind: 'text', isRequired: true }],
  consents: [newsletter],
  faqs: commonFaqs.slice(0, 3),
  agenda: [
    ['10:00', 10, 'welcome', 1, 'Who is in the room', ['pritchard']],
    ['10:10', 35, 'talk', 1, 'Exit before entry', ['pritchard', 'barnes']],
    ['10:45', 40, 'workshop', 1, 'Four clauses, rewritten', ['novak']],
    ['11:25', 15, 'break', 0, 'Coffee'],
    [
      '11:40',
      60,
      'clinic',
      1,
      'Bring your contract',
      ['pritchard', 'novak', 'nair'],
      'Three tables, twenty minutes each.',
    ],
    ['12:40', 20, 'closing', 1, 'What we agreed', ['pritchard']],
  ],
};
