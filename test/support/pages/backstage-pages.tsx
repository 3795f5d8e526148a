import { Backstage } from '../../../client/islands/backstage/backstage.tsx';
import {
  createBackstageStore,
  type BackstageStart,
} from '../../../client/islands/backstage/backstage.store.ts';
import { askNobody } from '../../../client/islands/live-room/ask-server.ts';
import { PublicLayout } from '../../../client/layouts/public-layout.tsx';
import type { LiveQuestion } from '../../../server/contracts/live-questions.ts';
import type { LiveSession } from '../../../server/contracts/live-snapshot.ts';
import { daySnapshot } from '../../client/islands/live-network.ts';
import type { GalleryPage } from './gallery.ts';
import { at, chat, meera, mine } from './live-room-fixture.ts';

const question = (id: string, rest: Partial<LiveQuestion>): LiveQuestion => ({
  id,
  stageId: 'main',
  sessionId: 'a',
  text: 'Did the radiators have to be changed, and who paid for the scaffolding?',
  author: meera,
  askedAt: '2026-11-24T09:35:00.000Z',
  state: 'visible',
  votes: 12,
  answer: null,
  assignedTo: null,
  mergedCount: 0,
  revision: 2,
  ...rest,
});
const questions = [
  question('q1', { state: 'live' }),
  question('q2', { assignedTo: 'ana', text: 'How loud are they?' }),
  question('q3', { author: null, votes: 1, sessionId: null }),
];

function backstage(
  name: string,
  time: string,
  first: Partial<LiveSession>,
  rest: Partial<BackstageStart> = {},
): GalleryPage {
  const day = daySnapshot({ a: { speakerIds: ['ana'], speakers: ['Ana Sousa'], ...first } });
  const said = chat.map((message) => ({ ...message, channel: 'backstage' as const, stageId: null }));
  const event = { ...day.event, isRehearsal: name.includes('rehearsal') };
  const start: BackstageStart = {
    snapshot: { ...day, event, questions, chat: said },
    seq: 1,
    now: at(time),
    stageId: 'main',
    mine: { ...mine, name: 'Ana Sousa', role: 'speaker' },
    speakerId: 'ana',
    canAnswerAll: false,
    formId: 'form-id-1',
    trouble: null,
    ...rest,
  };
  const store = createBackstageStore(start, { ask: askNobody, newId: () => '', later: () => undefined });
  store.live.setConnection({ kind: 'connected' });
  // The script itself stays out: it has no server here.
  const page = (
    <PublicLayout title="Backstage: The day" hidden page="wrap backstage">
      <Backstage store={store} start={start} />
    </PublicLayout>
  );
  return { name: `backstage ${name}`, page };
}

const live = { state: 'live', wentLiveAt: '2026-11-24T09:36:00.000Z' } as const;

export const backstagePages: readonly GalleryPage[] = [
  backstage('before the session', '09:20', {}),
  backstage('on air', '09:40', live),
  backstage('five minutes left', '10:18', live),
  backstage('over time', '10:25', live),
  backstage('in a rehearsal', '09:40', live),
  backstage('with an answer refused', '09:40', live, {
    trouble: { where: 'q2', message: 'Write something first', text: '' },
  }),
  backstage('of an organiser, nothing said', '12:30', {}, { speakerId: null, canAnswerAll: true }),
];
