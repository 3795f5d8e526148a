import { EraseRecordingPage } from '../../../client/pages/console/erase-recording.tsx';
import { RecordingsPage } from '../../../client/pages/console/recordings.tsx';
import type { ReplayCard } from '../../../server/contracts/event-card.ts';
import { CaptionerPage } from '../../../client/pages/console/captioner.tsx';
import { ConsoleReplayPage } from '../../../client/pages/console/replay.tsx';
import { ConsoleReplaysPage } from '../../../client/pages/console/replays.tsx';
import { ReplayPage, type ReplayPageProps } from '../../../client/pages/public/replay.tsx';
import { ReplaysPage } from '../../../client/pages/public/replays.tsx';
import { emptyForm } from '../../../server/contracts/form-state.ts';
import { consoleEvent } from './console-pages.tsx';
import { replays } from './events.ts';
import type { GalleryPage } from './gallery.ts';
import { organiser } from './site.ts';

const choices = [
  { value: 'net-zero', label: 'Net zero' },
  { value: 'housing', label: 'Housing' },
];
const library = { events: choices, topics: choices, speakers: choices };
const all = { event: '', topic: '', speaker: '', q: '' };

const replay: ReplayPageProps = {
  player: {
    replayId: 'r1',
    title: 'Warm homes after the pilot: what 1,200 retrofits taught us',
    lang: null,
    durationSeconds: 2_465,
    source: { kind: 'hls', path: '/live/t/token/stream~a~b/', expiresAt: 0 },
    watchPath: '/api/replays/r1/watch',
    posterPath: null,
    captionsPath: '/replays/r1/captions.vtt',
    chapters: [
      { startsAt: 0, title: 'Why 1,200 homes, and why those' },
      { startsAt: 252, title: 'The pilot that lied to us' },
    ],
    cues: [
      { startsAt: 12, endsAt: 15, text: 'So the letter went out. Four pages.' },
      { startsAt: 15, endsAt: 19, text: 'One in nine replied.' },
    ],
    startAt: null,
    positionPath: '/api/replays/r1/position',
    left: { seconds: 760, watchedAt: 0 },
  },
  path: '/replays/r1',
  filePath: '/live/t/token/stream~a~b/file/f1.mp4',
  summary: 'What changed when the council rang 400 people and asked a single question instead.',
  event: { title: 'Social Housing 2026', path: '/events/social-housing-2026' },
  recordedOn: 'Tuesday 17 November 2026',
  speakers: [{ path: '/speakers/amina', name: 'Dr Amina Rahman', role: 'Head of Housing Futures, Ardale' }],
  download: { path: '/replays/r1/download', size: '350 MB' },
  transcriptPath: '/replays/r1/transcript.txt',
  isOnlyForOrganiser: false,
  related: replays.slice(0, 3),
};

const begun = {
  ...(replays[0] as ReplayCard),
  progress: { path: '/replays/r1?t=760', at: '12:40', percent: 31 },
};

const row = {
  id: 'r1',
  title: 'Warm homes after the pilot',
  length: '41 min',
  state: 'Ready',
  shownTo: 'Everyone',
};
const console = {
  event: consoleEvent,
  replays: [row, { ...row, id: 'r2', length: '', state: 'Nothing was recorded', shownTo: 'Not published' }],
  form: emptyForm,
  stages: [
    { value: 'main', label: 'Main stage' },
    { value: 'second', label: 'Second stage' },
  ],
  links: [{ id: 'l1', name: 'Carol', stage: 'Main stage' }],
  newAddress: null,
  notice: null,
};

const values = {
  visibility: 'registered',
  published: 'yes',
  trimStart: '0:30',
  trimEnd: '0:00',
  chapters: '0:00 Why 1,200 homes\n4:12 The pilot that lied to us',
  cues: '00:00:12.000 --> 00:00:15.000\nSo the letter went out.',
  revision: '3',
};
const edited = {
  event: consoleEvent,
  replay: {
    ...row,
    isWatchable: true,
    hasUpload: true,
    hasOwnCaptions: true,
    fileNote: 'MP4, 350 MB.',
    downloadPath: '/replays/r1/download',
  },
  form: { values, errors: [] },
  notice: 'Saved.',
};
const errors = [
  { field: 'cues', message: 'Line 3: the caption ends before it begins' },
  { field: 'captions', message: 'Choose a file of 1 MB or less' },
];

const recorded = {
  when: '17 November 2026, 11:14 to 11:58',
  stage: 'Main stage',
  size: '44 min, 1.2 GB',
  usedBy: ['Warm homes after the pilot (published)'],
  obstacle: 'A published replay shows it. Take the replay back first.',
  erasePath: '/console/events/e1/recordings/erase?stream=s1&from=1&to=2',
};
const recordings = {
  event: consoleEvent,
  rows: [recorded, { ...recorded, usedBy: [], obstacle: null, erasePath: `${recorded.erasePath}3` }],
  hasStages: true,
  form: { values: { days: '90' }, errors: [] },
  notice: null,
};
const erased = {
  ...{ event: consoleEvent, stage: recorded.stage, when: recorded.when, size: recorded.size },
  hanging: ['Warm homes after the pilot'],
  fields: { stream: 's1', from: '1', to: '2', replays: 'r1' },
  obstacle: null,
  refusal: null,
};

const captioner = {
  eventTitle: 'Social Housing 2026',
  stageName: 'Main stage',
  path: '/captioner/token',
  form: emptyForm,
  start: {
    token: 'token',
    sendPath: '/api/v1/captions',
    longest: 300,
    said: [{ id: 'c1', at: '10:14', text: 'So the letter went out. Four pages.' }],
  },
};

export const replayPages: readonly GalleryPage[] = [
  {
    name: 'replays',
    page: <ReplaysPage {...library} filters={all} results={[begun, ...replays.slice(1)]} />,
  },
  {
    name: 'replays none',
    page: <ReplaysPage {...library} filters={{ ...all, q: 'unicorns' }} results={[]} />,
  },
  { name: 'replay', page: <ReplayPage {...replay} /> },
  {
    name: 'replay bare',
    page: (
      <ReplayPage
        {...replay}
        player={{
          ...replay.player,
          chapters: [],
          cues: [],
          captionsPath: null,
          source: { kind: 'file', path: '/replays/r1/film-u1.mp4' },
        }}
        filePath={null}
        speakers={[]}
        download={null}
        transcriptPath={null}
        isOnlyForOrganiser
        related={[]}
      />
    ),
  },
  { name: 'console replays', page: <ConsoleReplaysPage {...console} />, site: { signedIn: organiser } },
  {
    name: 'console replays link made',
    page: (
      <ConsoleReplaysPage
        {...console}
        replays={[]}
        newAddress={`https://events.example/captioner/${'k'.repeat(43)}`}
      />
    ),
    site: { signedIn: organiser },
  },
  { name: 'console replay', page: <ConsoleReplayPage {...edited} />, site: { signedIn: organiser } },
  {
    name: 'console replay refused',
    page: <ConsoleReplayPage {...edited} form={{ values, errors }} notice={null} />,
    site: { signedIn: organiser },
  },
  { name: 'console recordings', page: <RecordingsPage {...recordings} />, site: { signedIn: organiser } },
  {
    name: 'console erase recording',
    page: <EraseRecordingPage {...erased} />,
    site: { signedIn: organiser },
  },
  {
    name: 'console erase recording blocked',
    page: (
      <EraseRecordingPage
        {...erased}
        size={null}
        obstacle="A published replay shows it. Take the replay back first."
        refusal="A replay that shows this was published meanwhile. Take it back first."
      />
    ),
    site: { signedIn: organiser },
  },
  { name: 'captioner', page: <CaptionerPage {...captioner} /> },
];
