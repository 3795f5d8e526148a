import type { Agenda, AgendaSession, AgendaSlot } from '../../../server/contracts/agenda.ts';

const speakerNames = {
  achebe: { slug: 'david-achebe', name: 'Prof. David Achebe', organisation: 'University of Calder' },
  brannigan: { slug: 'jo-brannigan', name: 'Jo Brannigan', organisation: 'Westmarch County Council' },
  sheikh: { slug: 'imran-sheikh', name: 'Imran Sheikh', organisation: 'Westmarch County Council' },
  pritchard: { slug: 'owen-pritchard', name: 'Owen Pritchard', organisation: 'Glan Menai Council' },
};

let made = 0;
const session = (title: string, given: Partial<AgendaSession> = {}): AgendaSession => ({
  id: `s${++made}`,
  title,
  kind: 'Case study',
  isBreak: false,
  stage: null,
  length: '35 min',
  summary: null,
  speakers: [],
  moderators: [],
  state: 'scheduled',
  note: null,
  replayPath: null,
  ...given,
});

const slot = (time: string, sessions: AgendaSession[], given: Partial<AgendaSlot> = {}): AgendaSlot => ({
  startsAt: `2027-03-23T${time}:00.000Z`,
  time,
  day: null,
  position: 'ahead',
  percentDone: null,
  sessions,
  ...given,
});

const keynote = session('Ten years to 2037: what the public estate still owes', {
  kind: 'Keynote',
  speakers: [speakerNames.achebe],
});
const coffee = session('Coffee', { isBreak: true, length: '15 minutes', summary: 'Questions stay open.' });
const heat = session('Eleven leisure centres, one heat network', {
  stage: 0,
  speakers: [speakerNames.brannigan, speakerNames.sheikh],
  moderators: [speakerNames.achebe],
  summary:
    'Three years, £14 million, and the summer the pools went cold. What they would do in a different order.',
});
const tender = session('Write a tender that small firms can answer', {
  stage: 1,
  kind: 'Workshop',
  speakers: [speakerNames.pritchard],
  summary: 'Bring a live specification. Leave with it four pages shorter.',
});
const vans = session('From 40 electric vans to 400, without a new depot', { stage: 1 });
const director = session('The finance director’s view: “Show me year nine”', { stage: 0, kind: 'Interview' });
const closing = session('What we will do on Monday', { kind: 'Closing' });

/** One that a reader with a place has chosen. */
export const chosenSessionId = heat.id;

const frame = {
  stages: ['Main stage', 'Workshop stage'],
  zone: 'GMT',
  timeZone: 'Europe/London',
  endTime: '16:15',
};

export const agenda: Agenda = {
  ...frame,
  slots: [
    slot('09:40', [keynote]),
    slot('10:55', [coffee]),
    slot('11:10', [heat, tender]),
    slot('11:45', [director, vans]),
    slot('15:40', [closing]),
  ],
};

export const liveAgenda: Agenda = {
  ...frame,
  slots: [
    slot('09:40', [{ ...keynote, state: 'ended', replayPath: '/r/1' }], { position: 'past' }),
    slot('10:55', [coffee], { position: 'past' }),
    slot(
      '11:10',
      [
        { ...heat, state: 'live', note: '13 min left' },
        { ...tender, state: 'paused', note: 'Paused' },
      ],
      { position: 'current', percentDone: 63 },
    ),
    slot('11:45', [
      { ...director, note: 'Starts late, about 11:55' },
      { ...vans, state: 'cancelled' },
    ]),
    slot('15:40', [closing]),
  ],
};

export const endedAgenda: Agenda = {
  ...frame,
  slots: agenda.slots.map((each) => ({
    ...each,
    position: 'past',
    sessions: each.sessions.map((one) => ({
      ...one,
      state: 'ended',
      replayPath: one.isBreak ? null : `/r/${one.id}`,
    })),
  })),
};

export const threeStagesOverTwoDays: Agenda = {
  ...frame,
  stages: [...frame.stages, 'Stage of the smaller authorities'],
  slots: [
    slot('09:40', [keynote], { day: 'Tuesday 23 March' }),
    slot('11:10', [heat, tender, session('A hospital that heats its neighbours', { stage: 2 })]),
    { ...slot('09:30', [closing], { day: 'Wednesday 24 March' }), startsAt: '2027-03-24T09:30:00.000Z' },
  ],
};

export const longAgenda: Agenda = {
  ...frame,
  stages: ['Prif lwyfan y Gynhadledd Genedlaethol', 'Nachhaltigkeitsberichterstattungswerkstatt'],
  slots: [
    slot('09:40', [
      session('Donaudampfschifffahrtsgesellschaftskapitänsfortbildungsprogramm: Erfahrungsbericht', {
        kind: 'Podiumsdiskussion',
        speakers: [speakerNames.achebe],
      }),
    ]),
    slot('11:10', [
      session('Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch: gwres i bawb', { stage: 0 }),
      session('Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung in der Praxis', {
        stage: 1,
        note: 'Beginnt voraussichtlich später',
      }),
    ]),
  ],
};
