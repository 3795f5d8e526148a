import { LiveRoom } from '../../../client/islands/live-room/live-room.tsx';
import { createLiveStore, type LiveStore } from '../../../client/islands/live-room/live-room.store.ts';
import {
  createTakePart,
  printedSurroundings,
  type PartStart,
  type TakePart,
} from '../../../client/islands/live-room/take-part.store.ts';
import { Document } from '../../../client/layouts/document.tsx';
import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import type { StagePicture } from '../../../server/contracts/stage-picture.ts';
import { daySnapshot } from '../../client/islands/live-network.ts';
import type { GalleryPage } from './gallery.ts';
import { at, busyRoom, mine, votedMine } from './live-room-fixture.ts';

interface Shown {
  snapshot?: LiveSnapshot;
  time?: string;
  start?: Partial<PartStart>;
  then?: (part: TakePart, live: LiveStore) => void;
}

/** The room as its script draws it, in one state; the script itself stays out, having no server here. */
function running(name: string, { snapshot = busyRoom(), time = '09:40', start, then }: Shown): GalleryPage {
  const live = createLiveStore({ snapshot, seq: 1, now: at(time), stageId: 'main' });
  const part = createTakePart(
    live,
    { tab: 'chat', formId: 'form-id-1', mine, trouble: null, ticket: null, attendancePath: null, ...start },
    printedSurroundings,
  );
  part.isRunning.value = true;
  part.viewers.value = 246;
  live.setConnection({ kind: 'connected' });
  then?.(part, live);
  const page = (
    <Document title="The day, live" hidden bodyClass="room">
      <LiveRoom live={live} part={part} siteName="Plenary" />
    </Document>
  );
  return { name: `live room ${name}`, page };
}

const room = busyRoom().room;
const ended = {
  state: 'ended',
  wentLiveAt: '2026-11-24T09:30:00.000Z',
  endedAt: '2026-11-24T10:15:00.000Z',
} as const;
const announcement = {
  id: 'n1',
  kind: 'notice',
  urgency: 'polite',
  text: 'We are running 6 minutes late. The new times: https://example.org/times',
  at: '2026-11-24T09:38:00.000Z',
  expiresAt: null,
} as const;
const incident = {
  ...announcement,
  id: 'n2',
  kind: 'incident',
  urgency: 'assertive',
  text: 'The sound is broken. We are on it.',
} as const;

const stream: StagePicture = {
  stageId: 'main',
  revision: 1,
  shows: 'stream',
  slateText: null,
  streamId: 's1',
  source: 'encoder',
  runId: 'r1',
  isReceiving: true,
  external: { provider: 'youtube', videoId: 'abcdefghijk' },
  startedAt: '2026-11-24T09:30:00.000Z',
};
const caption = {
  id: 'c1',
  stageId: 'main',
  from: '2026-11-24T09:39:50.000Z',
  to: '2026-11-24T09:39:55.000Z',
  text: 'Fourteen sites, and not one of them needed new radiators.',
};
const showing = (changes: Partial<StagePicture> = {}) => busyRoom({ pictures: [{ ...stream, ...changes }] });
const playing: Shown['then'] = ({ picture }) => {
  const { player } = picture;
  player.phase.value = 'playing';
  player.position.value = { time: 40, duration: null, behind: 12, window: 600 };
  player.isFollowing.value = false;
  player.abilities.value = { fullScreen: true, pictureInPicture: true };
  player.hasCaptions.value = true;
  player.choose({ areCaptionsOn: true });
  player.captionLines.value = [caption.text];
  picture.hear({ eventId: 'e', captions: [caption] });
};

export const liveRoomPages: readonly GalleryPage[] = [
  running('chat', {}),
  running('chat options open', {
    then: (part) => void (part.readChat.opened.value = { messageId: 'm2', isReport: false }),
  }),
  running('chat report', {
    then: (part) => void (part.readChat.opened.value = { messageId: 'm2', isReport: true }),
  }),
  running('chat own message, replying', {
    then(part) {
      part.readChat.opened.value = { messageId: 'm4', isReport: false };
      part.sendChat.replyTo.value = { id: 'm2', name: 'Siân Llewelyn-Hughes', excerpt: 'We saw the same' };
      part.sendChat.draft.value = 'x'.repeat(510);
    },
  }),
  running('chat empty', { snapshot: busyRoom({ chat: [] }) }),
  running('chat silenced', { start: { mine: { ...mine, silencedUntil: '2026-11-24T09:50:00.000Z' } } }),
  running('chat closed', { snapshot: busyRoom({ room: { ...room, isChatOpen: false } }) }),
  running('chat reconnecting', {
    then(part, live) {
      live.setConnection({ kind: 'lost' });
      part.sendChat.draft.value = 'Happy to pilot it with six primaries in our patch.';
      part.sendChat.post();
      part.sendChat.refusal.value = 'The chat is in slow mode. You can write again in 8 seconds.';
    },
  }),
  running('questions', { start: { tab: 'questions' } }),
  running('questions closed', {
    snapshot: busyRoom({ questions: [], room: { ...room, areQuestionsOpen: false } }),
    start: { tab: 'questions', mine: null },
  }),
  running('polls', { start: { tab: 'polls' } }),
  running('polls voted', { start: { tab: 'polls', mine: votedMine } }),
  running('polls none', { snapshot: busyRoom({ polls: [] }), start: { tab: 'polls' } }),
  running('agenda', { start: { tab: 'agenda' } }),
  running('announcement and incident', { snapshot: busyRoom({ announcements: [announcement, incident] }) }),
  running('before', { snapshot: daySnapshot(), time: '09:00' }),
  running('ended', {
    snapshot: busyRoom({ sessions: daySnapshot({ a: ended, c: ended }).sessions }),
    time: '11:30',
    start: { attendancePath: '/registrations/r1/attendance' },
  }),
  running('stream', { snapshot: showing(), then: playing }),
  running('stream before the session', {
    snapshot: { ...daySnapshot(), pictures: [stream] },
    time: '09:00',
    then: (part) => void (part.picture.player.isSoundRefused.value = true),
  }),
  running('stream away', {
    snapshot: showing({ isReceiving: false }),
    then: ({ picture }) => void (picture.player.phase.value = 'stalled'),
  }),
  running('slate', { snapshot: showing({ shows: 'slate', slateText: 'Back after the fire drill' }) }),
  running('picture from elsewhere', {
    snapshot: showing({ shows: 'external' }),
    start: { picture: { watch: null, allows: ['youtube'] } },
  }),
  running('picture from elsewhere, put on just now', { snapshot: showing({ shows: 'external' }) }),
  running('reactions rising', {
    then(part) {
      part.taps.hear({ eventId: 'e', stageId: 'main', taps: { applause: 12, love: 1 } });
      part.person.problem.value = 'You are not connected just now.';
    },
  }),
];
