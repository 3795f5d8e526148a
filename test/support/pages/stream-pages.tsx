import { StreamPage, type StreamPageProps } from '../../../client/pages/console/stream.tsx';
import { StreamsPage } from '../../../client/pages/console/streams.tsx';
import { emptyForm } from '../../../server/contracts/form-state.ts';
import type { StagePicture } from '../../../server/contracts/stage-picture.ts';
import type { StreamHealth, WatchingHealth } from '../../../server/contracts/stream-health.ts';
import { daySnapshot } from '../../client/islands/live-network.ts';
import { consoleEvent } from './console-pages.tsx';
import type { GalleryPage } from './gallery.ts';
import { showing } from './show-pages.tsx';
import { organiser } from './site.ts';

const path = `${consoleEvent.path}/streams`;

const health: StreamHealth = {
  streamId: 'stream-1',
  state: 'live',
  runId: 'run-1',
  onAir: 'encoder',
  waitsFor: null,
  inputs: [
    {
      source: 'encoder',
      kind: 'rtmp',
      state: 'live',
      connectedAt: '2026-11-24T09:20:00.000Z',
      bitsPerSecond: 2_480_000,
      framesPerSecond: 29.97,
      keyFrameEvery: 8.3,
      lastFrameAgo: 33,
      width: 1280,
      height: 720,
      videoCodec: 'avc1.64001f',
      audioCodec: 'mp4a.40.2',
      dropped: 2,
    },
    {
      source: 'studio',
      kind: 'whip',
      state: 'connecting',
      connectedAt: '2026-11-24T09:39:00.000Z',
      bitsPerSecond: 0,
      framesPerSecond: 0,
      keyFrameEvery: null,
      lastFrameAgo: null,
      width: null,
      height: null,
      videoCodec: null,
      audioCodec: null,
      dropped: 0,
    },
  ],
  rungs: ['source', '480p', '360p'],
  viewers: 318,
  isRecording: true,
  recordedMs: 1_200_000,
  warnings: ['key-frames-rare', 'disk-low'],
};
const watching: WatchingHealth = { stageId: 'main', reports: 40, stalls: 2, latencyMs: 1_900 };

const props: StreamPageProps = {
  event: consoleEvent,
  stage: { name: 'Main stage', path: `${path}/main` },
  canEdit: true,
  shows: 'encoder',
  revision: 4,
  key: 1_795_000_000_000,
  keyMadeAt: '24 November, 11:14',
  newKey: null,
  addresses: {
    rtmp: 'rtmp://events.example/live',
    rtmps: 'rtmps://events.example:1936/live',
    whip: 'https://events.example/live/whip',
  },
  health,
  hasPlayer: true,
  planned: [{ at: '2027-03-23T12:30:00.000Z', when: '23 March, 12:30', shows: 'slate' }],
  settings: {
    values: { slateText: 'Back at one', external: 'https://vimeo.com/123456', revision: '4' },
    errors: [],
  },
  plan: { values: { at: '2027-03-23T09:30', shows: 'encoder' }, errors: [] },
  zone: 'Europe/London',
  notice: null,
  refusal: null,
};

const console = (name: string, changes: Partial<StreamPageProps>): GalleryPage => ({
  name: `console stream ${name}`,
  page: <StreamPage {...props} {...changes} />,
  site: { signedIn: organiser },
});

const picture: StagePicture = {
  stageId: 'main',
  revision: 4,
  shows: 'stream',
  slateText: null,
  streamId: 'stream-1',
  source: 'encoder',
  runId: 'run-1',
  isReceiving: true,
  external: { provider: 'vimeo', videoId: '123456', hash: null },
  startedAt: '2026-11-24T09:20:00.000Z',
};

export const streamPages: readonly GalleryPage[] = [
  {
    name: 'console streams',
    page: (
      <StreamsPage
        event={consoleEvent}
        stages={[
          { name: 'Main stage', path: `${path}/main`, shows: 'encoder', state: 'live', health, hasKey: true },
          { name: 'Workshop', path: `${path}/w`, shows: null, state: 'idle', health: null, hasKey: false },
        ]}
      />
    ),
    site: { signedIn: organiser },
  },
  console('with a new key', { newKey: 'Zk3vJ0uS2mWq8bNn4tYx6cPd1aE' }),
  console('never set up, with mistakes', {
    shows: null,
    revision: 0,
    key: 0,
    keyMadeAt: null,
    health: null,
    hasPlayer: false,
    planned: [],
    refusal: 'Somebody else switched this stage a moment ago. See what it shows now, then switch again.',
    settings: {
      values: { slateText: '', external: 'http://video.example', revision: '0' },
      errors: [{ field: 'external', message: 'Enter the address of a YouTube or Vimeo video' }],
    },
    plan: { ...emptyForm, errors: [{ field: 'at', message: 'Choose a time that is still to come' }] },
  }),
  showing('with a stream that wants attention', {
    snapshot: { ...daySnapshot(), pictures: [picture] },
    then: (store) => store.hearHealth({ streams: [health], watching: [watching] }),
  }),
];
