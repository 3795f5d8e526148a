import { signal } from '@preact/signals';
import type { Backstage } from '../../../client/islands/studio/studio-backstage.store.ts';
import type { Guest } from '../../../client/islands/studio/studio-cast.store.ts';
import type { GuestLine } from '../../../client/islands/studio/guest-line.ts';
import type { RoomState } from '../../../client/islands/studio/studio-room.store.ts';
import { createStudio, type Studio, type StudioStart } from '../../../client/islands/studio/studio.store.ts';
import { StudioView } from '../../../client/islands/studio/studio.tsx';
import { ConsoleLayout } from '../../../client/layouts/console-layout.tsx';
import { PublicLayout } from '../../../client/layouts/public-layout.tsx';
import { StudioPage } from '../../../client/pages/console/studio.tsx';
import { consoleEvent } from './console-pages.tsx';
import type { GalleryPage } from './gallery.ts';
import { organiser } from './site.ts';

const stagePath = `${consoleEvent.path}/streams/main`;
const start: StudioStart = {
  ...{
    eventId: 'event-1',
    stageId: 'main',
    role: 'host',
    stageName: 'Main stage',
    personName: 'Hannah Osei',
  },
  ...{ ticketPath: `${stagePath}/studio/ticket`, encoderPath: stagePath, hint: null },
};
const nothing = () => undefined;

function studioWith(then: (studio: Studio) => void = nothing): Studio {
  const studio = createStudio(start, {
    open: () => Promise.resolve('on'),
    openScreen: () => Promise.resolve('on'),
    close: nothing,
    listDevices: () => Promise.resolve({ cameras: [], microphones: [] }),
    publish: () => Promise.reject(new Error('Nothing is published here')),
    askTicket: () => Promise.reject(new Error('Nothing is asked here')),
    pause: () => Promise.resolve(),
  });
  void studio.start();
  then(studio);
  return studio;
}

const roomIn = (state: RoomState): Backstage['room'] => ({
  state: signal(state),
  isWithin: signal(['in', 'lost', 'entering'].includes(state.kind)),
  peerId: signal('own-page'),
  seats: signal([]),
  iceServers: signal([]),
  ...{ enter: nothing, leave: nothing, beat: nothing, hear: nothing, lineBroke: nothing, refuse: nothing },
});
const common = { volume: signal(0.8), setVolume: nothing, enter: nothing, hear: nothing };

const guest = (peerId: string, name: string, changes: Partial<Guest>): Guest => ({
  ...{ peerId, name, label: name, isNamed: false, isOnAir: false, isMuted: false },
  ...{ line: 'connected', isWeak: false },
  ...changes,
});
const guests: readonly Guest[] = [
  guest('page-1', 'Ann Lee', { isOnAir: true, isNamed: true, label: 'Ann Lee, Cardiff' }),
  guest('page-2', 'Bartholomew Featherstonehaugh-Cholmondeley', {
    isOnAir: true,
    isMuted: true,
    isWeak: true,
  }),
  guest('page-3', 'Cai', { line: 'none' }),
  guest('page-4', 'Dilys', { isOnAir: true, line: 'disturbed' }),
];

function hosting(name: string, state: RoomState, list: readonly Guest[], studio = studioWith()): GalleryPage {
  const cast = {
    guests: signal(list),
    onAir: signal(list.filter(({ isOnAir, line }) => isOnAir && line === 'connected')),
    chosen: signal('page-1'),
    isShown: signal(true),
    ...{ decide: nothing, choose: nothing, setWeak: nothing },
  };
  const backstage: Backstage = { ...common, room: roomIn(state), as: { role: 'host', cast } };
  const page = (
    <ConsoleLayout title="Studio: Main stage" section="streams" event={consoleEvent}>
      <StudioView studio={studio} backstage={backstage} start={start} />
    </ConsoleLayout>
  );
  return { name: `studio of the host ${name}`, page, site: { signedIn: organiser } };
}

function joining(
  name: string,
  state: RoomState,
  line: GuestLine['state']['value'],
  standing: Partial<GuestLine['standing']['value']> = {},
): GalleryPage {
  const held: GuestLine = {
    state: signal(line),
    standing: signal({ isOnAir: false, isMuted: false, ...standing }),
    ...{ setHost: nothing, hear: nothing },
  };
  const backstage: Backstage = { ...common, room: roomIn(state), as: { role: 'guest', line: held } };
  const guestStart: StudioStart = { ...start, role: 'guest', personName: 'Ann Lee', encoderPath: null };
  const page = (
    <PublicLayout title="Studio" hidden page="wrap">
      <h1>Studio: Main stage</h1>
      <StudioView studio={studioWith()} backstage={backstage} start={guestStart} />
    </PublicLayout>
  );
  return { name: `studio of a guest ${name}`, page };
}

export const studioPages: readonly GalleryPage[] = [
  {
    name: 'studio before its script',
    page: <StudioPage event={consoleEvent} stagePath={stagePath} start={start} />,
    site: { signedIn: organiser },
  },
  hosting('alone', { kind: 'out' }, []),
  hosting('with an empty room', { kind: 'in' }, []),
  hosting(
    'with four guests',
    { kind: 'in' },
    guests,
    studioWith((studio) => studio.arrange('corner')),
  ),
  hosting(
    'replaced',
    { kind: 'replaced', message: 'The room was opened in another page, which has this place now.' },
    [],
  ),
  joining('outside', { kind: 'out' }, 'off'),
  joining('waiting', { kind: 'in' }, 'waiting'),
  joining('in the room', { kind: 'in' }, 'connected'),
  joining('on air and muted', { kind: 'in' }, 'connected', { isOnAir: true, isMuted: true }),
  joining('coming back', { kind: 'lost' }, 'again'),
  joining('before a full room', { kind: 'full', message: 'Four guests are in the room already.' }, 'off'),
];
