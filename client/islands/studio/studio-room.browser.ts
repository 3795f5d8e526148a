import { effect, type ReadonlySignal } from '@preact/signals';
import { openAnsweringPeer, openOfferingPeer, type PeerSetting } from './peers.browser.ts';
import type { Programme } from './programme.browser.ts';
import { createBackstage, type Backstage } from './studio-backstage.store.ts';
import { createStudioSocket } from './studio-socket.browser.ts';
import type { StudioStart } from './studio.store.ts';
import type { Timers } from './timers.ts';

interface Surroundings {
  readonly timers: Timers;
  readonly isShown: ReadonlySignal<boolean>;
  /** Makes it at the first call. */
  readonly programme: () => Programme | null;
}

/** The backstage room in a browser: connections, what comes over them, and where it is seen and heard. */
export function openBackstage(start: StudioStart, { timers, isShown, programme }: Surroundings) {
  const { role, eventId, stageId } = start;
  /** What comes from a guest; for a guest, from the host (`host`). */
  const streams = new Map<string, MediaStream>();
  const clear = (peer: string) => {
    programme()?.show(peer, null);
    if (role === 'host') programme()?.mix.hearGuest(peer, null);
    streams.delete(peer);
  };
  const receiveFrom = (peer: string, onState: PeerSetting['onState']): PeerSetting => {
    const stream = new MediaStream();
    streams.set(peer, stream);
    return {
      iceServers: backstage.room.iceServers.value,
      onState,
      onTrack(track) {
        if (streams.get(peer) !== stream) return;
        stream.addTrack(track);
        if (role === 'guest') return;
        if (track.kind === 'video') programme()?.show(peer, track);
        else programme()?.mix.hearGuest(peer, track);
      },
    };
  };

  const socket = createStudioSocket(
    { eventId, stageId },
    {
      onOpen: () => backstage.room.beat(),
      onBroken: () => backstage.room.lineBroke(),
      onRefused: (message) => backstage.room.refuse(message),
      onRoom: (room) => backstage.room.hear(room),
      onSignal(to, from, signal) {
        if (to === backstage.room.peerId.value) backstage.hear(from, signal);
      },
    },
  );
  const backstage: Backstage = createBackstage(role, {
    later: timers.later,
    isShown,
    newPeerId: () => crypto.randomUUID(),
    prepare: () => programme() !== null,
    enter: (seat) => socket.enter({ ...seat, role }),
    leave: (peerId) => socket.leave(peerId),
    send: (from, to, signal) => socket.signal(from, to, signal),
    openOffering: (onState) =>
      openOfferingPeer(programme()?.stream ?? new MediaStream(), receiveFrom('host', onState)),
    openAnswering(guest, onState) {
      clear(guest);
      const made = programme();
      const back = [
        ...(made?.stream.getVideoTracks() ?? []),
        ...(made?.mix.returnFor(guest).getTracks() ?? []),
      ];
      const onWeak = (isWeak: boolean) =>
        backstage.as.role === 'host' && backstage.as.cast.setWeak(guest, isWeak);
      return openAnsweringPeer(new MediaStream(back), { ...receiveFrom(guest, onState), onWeak });
    },
  });

  effect(() => {
    if (backstage.room.isWithin.value) socket.open();
    else socket.close();
  });
  if (backstage.as.role === 'host') {
    const { cast } = backstage.as;
    let known: readonly string[] = [];
    effect(() => {
      const guests = cast.guests.value;
      for (const { peerId, isOnAir, isMuted, line } of guests)
        if (line !== 'none')
          programme()?.mix.setGuest(peerId, { isOnAir: isOnAir && line === 'connected', isMuted });
      const now = guests.map(({ peerId }) => peerId);
      for (const gone of known.filter((one) => !now.includes(one))) {
        clear(gone);
        programme()?.mix.removeGuest(gone);
      }
      known = now;
    });
  }
  addEventListener('pagehide', () => backstage.room.leave());

  /** Brings what comes to the elements that are there for it; also for the sound, which comes through elements only. */
  function attach(element: HTMLElement): void {
    for (const video of element.querySelectorAll<HTMLVideoElement>('video[data-peer]')) {
      const peer = video.dataset.peer ?? '';
      const stream = streams.get(peer) ?? null;
      video.volume = backstage.volume.value;
      video.muted = isMuted(peer);
      if (video.srcObject === stream) continue;
      video.srcObject = stream;
      video.play().catch(() => undefined);
    }
  }
  const isMuted = (peer: string) =>
    backstage.as.role === 'host' &&
    backstage.as.cast.guests.value.some((guest) => guest.peerId === peer && guest.isMuted);

  return { backstage, attach };
}
