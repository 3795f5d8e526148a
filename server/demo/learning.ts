import { commonFaqs, newsletter, type DemoEvent, type DemoSpeaker } from './demo-content.ts';

export const learningSpeakers = {
  obrien: {
    name: 'Siobhán O’Brien',
    email: 'siobhan.obrien@example.org',
    jobTitle: 'Director of People',
    organisation: 'Harrowgate City Council',
    pronouns: 'she/her',
    note: 'Cut the mandatory courses from nineteen to six, and completion went up.',
    bio: 'Siobhán believes that most training is a **page that nobody wrote**. She has written a good many of them.',
  },
  adeyemi: {
    name: 'Dr Folake Adeyemi',
    jobTitle: 'Reader in Adult Learning',
    organisation: 'University of Calder',
    note: 'Followed 400 new managers for two years and kept the ones who left in the sample.',
    bio: 'Folake studies what people still do *a year after* the course. The answer is shorter than the course, and she can tell you which part.',
  },
  whitlock: {
    name: 'James Whitlock',
    jobTitle: 'Learning Technologist',
    organisation: 'Peakshire County Council',
  },
  mcallister: {
    name: 'Catriona McAllister',
    jobTitle: 'Head of Apprenticeships',
    organisation: 'Strathlorne Council',
  },
  begum: {
    name: 'Nasreen Begum',
    jobTitle: 'Digital Skills Lead',
    organisation: 'Eastmere NHS Foundation Trust',
  },
  hughes: { name: 'Gethin Hughes', jobTitle: 'Rheolwr Hyfforddiant', organisation: 'Cyngor Glan Menai' },
  fairburn: {
    name: 'Lucy Fairburn',
    jobTitle: 'Chief Social Worker',
    organisation: 'Westmarch County Council',
  },
  mensah: {
    name: 'Daniel Mensah',
    jobTitle: 'Station Manager, Training',
    organisation: 'Tarn and Wold Fire and Rescue',
  },
  kowalska: {
    name: 'Agnieszka Kowalska',
    jobTitle: 'Onboarding Designer',
    organisation: 'Northfold Borough Council',
  },
  doyle: { name: 'Patrick Doyle', jobTitle: 'Union Learning Organiser', organisation: 'Public Hands' },
  iyer: {
    name: 'Meera Iyer',
    jobTitle: 'Coach and former head of service',
    organisation: 'Meera Iyer Associates',
  },
  stone: {
    name: 'Alex Stone',
    jobTitle: 'Inclusion Manager',
    organisation: 'Severnside NHS Trust',
    pronouns: 'they/them',
  },
} satisfies Record<string, DemoSpeaker>;

const common = {
  title: 'Learning & Development',
  topics: ['People and skills', 'Leadership'],
  startTime: '09:30',
  endTime: '16:00',
  questions: [
    {
      label: 'How many people do you train in a year?',
      kind: 'choice',
      options: ['Fewer than 100', '100 to 1,000', 'More than 1,000'],
      isRequired: true,
    },
  ],
  consents: [newsletter],
  faqs: commonFaqs,
} as const;

export const learning2022: DemoEvent = {
  ...common,
  slug: 'learning-and-development-2022',
  summary:
    'A full day on learning at work in public services, after two years of doing it through a screen. For everyone who plans, buys or gives training.',
  description:
    'Two years of emergency remote training left us with habits, some of them good.\n\n## What the day asked\n\n- Which courses should **never** come back to a room\n- What new starters missed, and how to give it to them now\n- How managers learn, when nobody has time to teach them',
  stages: ['Main stage'],
  capacity: 300,
  registrations: 74,
  agenda: [
    ['09:30', 15, 'welcome', 1, 'Welcome: two years in our kitchens', ['obrien']],
    [
      '09:45',
      40,
      'keynote',
      1,
      'What people still do a year later',
      ['adeyemi'],
      'The study everybody quotes, with the part they leave out.',
    ],
    ['10:30', 40, 'panel', 1, 'Rooms, screens, or both', ['whitlock', 'begum', 'doyle']],
    ['11:10', 20, 'break', 0, 'Coffee'],
    ['11:30', 35, 'case-study', 1, 'Six mandatory courses instead of nineteen', ['obrien']],
    ['12:10', 35, 'talk', 1, 'Apprentices at fifty', ['mcallister']],
    ['12:45', 45, 'break', 0, 'Lunch'],
    [
      '13:30',
      45,
      'workshop',
      1,
      'Rewrite one slide deck as one page',
      ['kowalska'],
      'Bring the worst one you have.',
    ],
    ['14:20', 35, 'case-study', 1, 'Drill, debrief, repeat: what a fire station knows', ['mensah']],
    ['14:55', 15, 'break', 0, 'Tea'],
    ['15:10', 30, 'panel', 1, 'Supervision is learning', ['fairburn', 'stone', 'hughes', 'iyer']],
    ['15:40', 20, 'closing', 1, 'One thing by Friday', ['obrien']],
  ],
};

export const learningNext: DemoEvent = {
  ...common,
  slug: 'learning-and-development',
  summary:
    'A free day for everyone who plans, buys or gives training in public services. Come with one course you doubt; leave knowing whether to mend it, move it or drop it.',
  description:
    'Budgets are smaller and the jobs keep changing. This is a day of **working examples**, on two stages.\n\n## For you if\n\n- you answer for mandatory training and nobody thanks you\n- you bring new people into jobs that did not exist last year\n- you coach managers who manage before they were taught to\n\nSessions are short, and half of them are made of your questions.',
  stages: ['Main stage', 'Workshop stage'],
  capacity: 250,
  registrations: 61,
  agenda: [
    ['09:30', 15, 'welcome', 0, 'Welcome, and the one question for today', ['obrien']],
    [
      '09:45',
      35,
      'keynote',
      0,
      'The half-life of a course',
      ['adeyemi'],
      'What is left after a week, a month and a year, and what that says about budgets.',
    ],
    [
      '10:25',
      40,
      'panel',
      1,
      'When the job changes faster than the training',
      ['begum', 'fairburn', 'whitlock'],
    ],
    ['10:25', 40, 'workshop', 2, 'Onboarding without a handbook', ['kowalska']],
    ['11:05', 20, 'break', 0, 'Coffee'],
    ['11:25', 35, 'case-study', 1, 'A careers ladder for people who never had one', ['mcallister', 'doyle']],
    [
      '11:25',
      35,
      'workshop',
      2,
      'Feedback that survives the corridor',
      ['iyer'],
      'In threes, with a script you will throw away.',
    ],
    ['12:05', 35, 'talk', 1, 'Dysgu dwyieithog: learning in two languages', ['hughes']],
    ['12:05', 35, 'clinic', 2, 'Bring your needs analysis', ['adeyemi']],
    ['12:40', 50, 'break', 0, 'Lunch'],
    ['13:30', 35, 'case-study', 1, 'Simulation on a shoestring', ['mensah']],
    ['13:30', 35, 'workshop', 2, 'Make one video people finish', ['whitlock']],
    [
      '14:10',
      40,
      'interview',
      1,
      '“We stopped ticking boxes”: an inclusion manager looks back',
      ['stone', 'obrien'],
    ],
    ['14:10', 40, 'workshop', 2, 'Teach with the rota you have', ['begum']],
    ['14:50', 15, 'break', 0, 'Tea'],
    [
      '15:05',
      35,
      'debate',
      0,
      '“Mandatory training should be illegal”',
      ['doyle', 'fairburn'],
      'You vote before and after.',
    ],
    ['15:40', 20, 'closing', 0, 'One thing by Friday', ['obrien']],
  ],
};
