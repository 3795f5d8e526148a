import {
  createShowStore,
  type ShowStart,
  type ShowStore,
} from '../../../client/islands/run-of-show/run-of-show.store.ts';
import { RunOfShow } from '../../../client/islands/run-of-show/run-of-show.tsx';
import { createKeys } from '../../../client/islands/run-of-show/show-keys.ts';
import { showTabs, type ShowTab } from '../../../client/islands/run-of-show/show-tab-names.ts';
import { createStageViewStore } from '../../../client/islands/stage-view/stage-view.store.ts';
import { StageView } from '../../../client/islands/stage-view/stage-view.tsx';
import { ConsoleLayout } from '../../../client/layouts/console-layout.tsx';
import { Document } from '../../../client/layouts/document.tsx';
import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import type { StageViewBackground, StageViewShown } from '../../../server/contracts/stage-view.ts';
import { daySnapshot } from '../../client/islands/live-network.ts';
import { consoleEvent } from './console-pages.tsx';
import type { GalleryPage } from './gallery.ts';
import { at, busyRoom, closedPolls, polls } from './live-room-fixture.ts';
import { organiser } from './site.ts';

interface Shown {
  snapshot?: LiveSnapshot;
  start?: Partial<ShowStart>;
  then?: (store: ShowStore) => void;
  keys?: ReturnType<typeof createKeys>;
}

/** The run of show as its script draws it, in one state; the script itself stays out, having no server here. */
export function showing(name: string, { snapshot = fullRoom(), start, then, keys }: Shown): GalleryPage {
  const whole: ShowStart = {
    snapshot,
    seq: 1,
    now: at('09:40'),
    stageId: 'main',
    path: consoleEvent.path,
    audience: 'moderators',
    canDirect: true,
    notice: null,
    tab: 'questions',
    formId: 'form-id-01',
    typedAnnouncement: '',
    viewers: 318,
    ...start,
  };
  const store = createShowStore(whole, { send: () => false, newId: () => 'draft-id-1' });
  store.setConnection({ kind: 'connected' });
  then?.(store);
  const page = (
    <ConsoleLayout title="Run of show" section="live" event={consoleEvent} page="show-page">
      <RunOfShow store={store} start={whole} keys={keys ?? createKeys()} />
    </ConsoleLayout>
  );
  return { name: `run of show ${name}`, page, site: { signedIn: organiser } };
}

/** Everything a moderator can meet at once. */
function fullRoom(): LiveSnapshot {
  const room = busyRoom();
  const [question] = room.questions;
  const [poll] = polls;
  const [first, second, third, fourth] = room.chat;
  if (!question || !poll || !first || !second || !third || !fourth) throw new Error('The fixture is empty');
  const time = '2026-11-24T09:38:00.000Z';
  return {
    ...room,
    room: { ...room.room, stageView: { kind: 'question', id: question.id }, slowModeSeconds: 30 },
    questions: [
      ...room.questions,
      {
        ...question,
        id: 'w1',
        state: 'queue',
        author: null,
        text: 'Is there a grant for the survey itself?',
      },
      { ...question, id: 'w2', state: 'queue', text: 'Why was the same contractor used on nine sites?' },
      { ...question, id: 'w3', state: 'archived', text: 'Buy my boilers' },
    ],
    polls: [
      {
        ...poll,
        id: 'd1',
        state: 'draft',
        closesAt: null,
        question: 'Who signs off heat in your organisation?',
      },
      ...polls.map((open) => ({ ...open, tally: open.tally ?? { voters: 0, counts: [], words: [] } })),
      ...closedPolls,
    ],
    chat: [
      ...room.chat,
      { ...fourth, id: 'b1', channel: 'backstage', stageId: null, text: 'Two minutes, Anwen.' },
    ],
    reports: [
      { messageId: third.id, count: 3, reason: 'It advertises something' },
      { messageId: 'gone', count: 1, reason: '' },
    ],
    hands: [{ participant: second.author, stageId: 'main', at: time }],
    silenced: [
      { participant: third.author, until: '2026-11-24T09:50:00.000Z', isBanned: false },
      { participant: second.author, until: null, isBanned: true },
    ],
    announcements: [
      { id: 'n1', kind: 'notice', urgency: 'polite', text: 'Lunch is at 12:25.', at: time, expiresAt: null },
      {
        id: 'n2',
        kind: 'incident',
        urgency: 'assertive',
        text: 'We have lost the picture. We are on it, please stay.',
        at: time,
        expiresAt: '2026-11-24T09:55:00.000Z',
      },
    ],
  };
}

const openKeys = createKeys();
openKeys.isListShown.value = true;
const quietKeys = createKeys();
quietKeys.areOn.value = false;
quietKeys.isListShown.value = true;

const calm = daySnapshot();
const cancelled: LiveSnapshot = {
  ...calm,
  event: { ...calm.event, status: 'cancelled', cancellationReason: 'The venue has lost its power.' },
};

const inEveryTab = (name: (tab: ShowTab) => string, shown: Shown): GalleryPage[] =>
  showTabs.map(({ id }) => showing(name(id), { ...shown, start: { ...shown.start, tab: id } }));

/** The video mixer's page as its script draws it. */
function onStage(
  name: string,
  shown: StageViewShown,
  background: StageViewBackground = 'plain',
): GalleryPage {
  const store = createStageViewStore({ shown, itemPath: '/' }, () => Promise.reject(new Error('No server')));
  const page = (
    <Document title="On stage" hidden bodyClass={`stage-view on-${background}`}>
      <main id="main" tabIndex={-1}>
        <h1 class="vh">On stage: The day</h1>
        <StageView store={store} />
      </main>
    </Document>
  );
  return { name: `stage view ${name}`, page };
}
const question = {
  kind: 'question',
  text: 'Would you do the theatres first or last if you started again?',
  by: { name: 'Rhian Beddoe', organisation: 'Vale of Arrow Council' },
  votes: 31,
} as const;
const result: Extract<StageViewShown, { kind: 'poll' }> = {
  kind: 'poll',
  question: 'What would stop you lowering the flow temperature this winter?',
  isOpen: true,
  voters: 126,
  rows: [
    { text: 'Not sure the radiators will cope', votes: 60 },
    { text: 'Hot water safety', votes: 46 },
    { text: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft', votes: 20 },
  ],
};

export const showPages: readonly GalleryPage[] = [
  ...inEveryTab((tab) => `with much to do, ${tab}`, {}),
  ...inEveryTab((tab) => `with nothing to do, ${tab}`, { snapshot: calm }),
  showing('refused, without a line, keys shown', {
    keys: openKeys,
    start: { notice: 'Somebody else was quicker, so nothing was changed. It is live now.' },
    then: (store) => store.setConnection({ kind: 'lost' }),
  }),
  showing('keys switched off', { keys: quietKeys }),
  showing('of who looks on', { start: { audience: 'viewers', canDirect: false } }),
  showing('of a moderator', { start: { canDirect: false } }),
  showing('of a cancelled event', { snapshot: cancelled }),
  onStage('empty', { kind: 'nothing' }),
  onStage('question', question),
  onStage('long question without a name', { ...question, text: 'Why? '.repeat(79), by: null }, 'dark'),
  onStage('question over a picture', question, 'transparent'),
  onStage('poll', result),
  onStage('poll keyed out', result, 'green'),
  onStage('poll without votes', { ...result, voters: 0, rows: [] }, 'dark'),
];
