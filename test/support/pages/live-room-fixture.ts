import type { ChatMessage, LiveAuthor } from '../../../server/contracts/live-chat.ts';
import type { LivePoll } from '../../../server/contracts/live-polls.ts';
import type { LiveQuestion } from '../../../server/contracts/live-questions.ts';
import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import type { Mine } from '../../../server/contracts/live-messages.ts';
import { daySnapshot } from '../../client/islands/live-network.ts';

const iso = (time: string) => `2026-11-24T${time}:00.000Z`;
export const at = (time: string) => Date.parse(iso(time));

const author = (id: string, name: string, organisation: string, role: LiveAuthor['role'] = 'attendee') => ({
  id,
  name,
  organisation,
  role,
});
export const meera = author('meera', 'Meera Shah', 'Borough of Eastmere');
const christoph = author(
  'christoph',
  'Christoph Wiedenbrück-Oberhausen',
  'Bundesanstalt für Immobilienaufgabenverwaltungsangelegenheiten',
);
const sian = author(
  'sian',
  'Siân Llewelyn-Hughes',
  'Bwrdd Iechyd Prifysgol Dyffryn Teifi a Llanfairpwllgwyngyll',
);
const hannah = author('hannah', 'Hannah Osei', '', 'organiser');

const said = (id: string, who: LiveAuthor, time: string, text: string, rest: Partial<ChatMessage> = {}) => ({
  id,
  channel: 'stage' as const,
  stageId: 'main',
  author: who,
  text,
  at: iso(time),
  replyTo: null,
  mentions: [],
  reactions: {},
  isPinned: false,
  ...rest,
});

export const chat: ChatMessage[] = [
  said('m1', hannah, '09:31', 'Slides and the survey sheet are under the picture.', { isPinned: true }),
  said('m2', sian, '09:33', 'We saw the same in our 1930s town hall.\nThe radiators were twice the size.', {
    reactions: { agree: 12, love: 1 },
  }),
  said(
    'm3',
    christoph,
    '09:34',
    '@Siân Llewelyn-Hughes the figures: https://example.org/a-very-long-path/' + 'waermepumpe-'.repeat(8),
    {
      mentions: ['sian'],
      replyTo: { id: 'm2', name: 'Siân Llewelyn-Hughes', excerpt: 'We saw the same in our 1930s town hall.' },
    },
  ),
  said('m4', meera, '09:35', 'Is there a version of the survey sheet for schools?'),
  said('m5', hannah, '09:36', '@Meera Shah yes, I will add it to the resources.', { mentions: ['meera'] }),
  said(
    'm6',
    christoph,
    '09:37',
    'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2),
  ),
];

const asked = (id: string, rest: Partial<LiveQuestion>): LiveQuestion => ({
  id,
  stageId: 'main',
  sessionId: 'a',
  text: 'What did the electrical upgrade cost per site, and who paid for the new substation?',
  author: sian,
  askedAt: iso('09:32'),
  state: 'visible',
  votes: 31,
  answer: null,
  assignedTo: null,
  mergedCount: 0,
  revision: 1,
  ...rest,
});
export const questions: LiveQuestion[] = [
  asked('q1', { state: 'live', votes: 47, text: 'Did any ward need new radiators?', author: christoph }),
  asked('q2', { mergedCount: 2 }),
  asked('q3', { author: null, votes: 1, text: 'Why not hydrogen?' }),
  asked('q4', {
    state: 'answered',
    text: 'Can we have the tender documents?',
    answer: {
      text: 'Yes. They are under the picture:\nhttps://example.org/tender',
      by: 'Kofi Owusu-Brennan',
      at: iso('09:40'),
    },
  }),
  asked('q5', { state: 'answered', text: 'Is the figure metered?', author: meera }),
];
const waiting = asked('q6', {
  state: 'queue',
  text: 'Would you do the theatres first?',
  author: meera,
  votes: 0,
});

const options = ['Not sure the radiators will cope', 'Hot water safety', 'Nothing, we have done it'].map(
  (text, index) => ({ id: `o${index}`, text }),
);
const tally = {
  voters: 126,
  counts: [
    { optionId: 'o0', votes: 60 },
    { optionId: 'o1', votes: 46 },
    { optionId: 'o2', votes: 20 },
  ],
  words: [],
};
const poll = (id: string, rest: Partial<LivePoll>): LivePoll => ({
  id,
  stageId: 'main',
  kind: 'single',
  question: 'What would stop you lowering the flow temperature this winter?',
  options,
  state: 'open',
  results: 'after-voting',
  openedAt: iso('09:38'),
  closedAt: null,
  closesAt: iso('09:43'),
  tally: null,
  revision: 1,
  ...rest,
});
const ratings = ['1', '2', '3', '4', '5'].map((id) => ({ id, text: id }));
export const polls: LivePoll[] = [
  poll('p1', {}),
  poll('p2', {
    kind: 'multiple',
    results: 'live',
    closesAt: null,
    tally,
    question: 'Which of these have you done?',
  }),
  poll('p3', {
    kind: 'rating',
    results: 'organisers',
    options: ratings,
    question: 'How useful was this session?',
  }),
  poll('p4', { kind: 'word', results: 'after-closing', options: [], question: 'Heat pumps in one word?' }),
];
export const closedPolls: LivePoll[] = [
  poll('p5', { state: 'closed', closedAt: iso('09:37'), closesAt: null, tally }),
  poll('p6', {
    kind: 'word',
    options: [],
    state: 'closed',
    closedAt: iso('09:36'),
    closesAt: null,
    results: 'live',
    question: 'Where are you?',
    tally: { voters: 2, counts: [], words: [{ word: 'Llanfairpwllgwyngyll', votes: 2 }] },
  }),
];

export const mine: Mine = {
  participantId: 'meera',
  name: meera.name,
  role: 'attendee',
  silencedUntil: null,
  hasRaisedHand: false,
  votedQuestionIds: ['q1', 'q3'],
  ownQuestions: [waiting, asked('q5', { state: 'answered', author: meera })],
  pollChoices: [],
  reactedMessages: [{ messageId: 'm2', kind: 'agree' }],
};
export const votedMine: Mine = {
  ...mine,
  pollChoices: [
    { pollId: 'p1', choice: { optionIds: ['o1'], word: null }, tally },
    { pollId: 'p5', choice: { optionIds: ['o0'], word: null }, tally: null },
  ],
};

/** 09:40, ten minutes into the first session; full of what people do. */
export function busyRoom(changes: Partial<LiveSnapshot> = {}): LiveSnapshot {
  const speakers = ['Dr Anwen Pryce', 'Christoph Wiedenbrück-Oberhausen-Donaudampfschifffahrt'];
  const resources = [
    {
      id: 'r1',
      title: 'Slides, Heat pumps in old hospitals',
      kind: 'file' as const,
      url: '/files/r1',
      size: 3_100_000,
    },
    {
      id: 'r2',
      title: 'Flow temperature trial',
      kind: 'link' as const,
      url: 'https://severnside.example/trial',
      size: null,
    },
  ];
  const day = daySnapshot({
    a: {
      state: 'live',
      wentLiveAt: iso('09:36'),
      title: 'Heat pumps in old hospitals: what 14 sites taught us',
      speakers,
      resources,
    },
  });
  const stages = [
    { id: 'main', name: 'Main stage' },
    { id: 'workshops', name: 'Gweithdai a byrddau crwn' },
  ];
  const room = { ...day.room, allowsHandRaise: true };
  return {
    ...day,
    event: { ...day.event, stages },
    room,
    chat,
    questions,
    polls: [...polls, ...closedPolls],
    ...changes,
  };
}
