import { effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { StudioSignal } from '../../../server/contracts/studio-room.ts';
import { createGuestLine, type GuestLine, type GuestLineParts } from './guest-line.ts';
import { createHostLines, type HostLinesParts } from './host-lines.ts';
import { createCast, type StudioCast } from './studio-cast.store.ts';
import { createRoom, type RoomParts, type StudioRoomStore } from './studio-room.store.ts';

export interface BackstageParts extends RoomParts {
  /** At the press: browsers want one for sound. False where no picture can be made. */
  prepare(): boolean;
  /** Whether viewers get what this page composes. */
  readonly isShown: ReadonlySignal<boolean>;
  /** False: it did not arrive. */
  send(fromPeerId: string, toPeerId: string, signal: StudioSignal): Promise<boolean>;
  openOffering: GuestLineParts['open'];
  openAnswering: HostLinesParts['open'];
}

/** The backstage room as one page has it: as its host, with a cast, or as a guest, with a line to the host. */
export interface Backstage {
  readonly room: StudioRoomStore;
  readonly as:
    | { readonly role: 'host'; readonly cast: StudioCast }
    | { readonly role: 'guest'; readonly line: GuestLine };
  /** 0 to 1: how loud the room is on this page. */
  readonly volume: ReadonlySignal<number>;
  setVolume(volume: number): void;
  enter(): void;
  hear(fromPeerId: string, signal: StudioSignal): void;
}

export function createBackstage(role: 'host' | 'guest', parts: BackstageParts): Backstage {
  const { isShown, later } = parts;
  const room = createRoom(parts);
  const volume = signal(1);
  const common = {
    ...{ room, volume },
    setVolume: (next: number) => void (volume.value = next),
    enter: () => (parts.prepare() ? room.enter() : room.refuse(cannotMix)),
  };
  const send = (to: string, signal: StudioSignal) => {
    const from = room.peerId.value;
    return from === null ? Promise.resolve(false) : parts.send(from, to, signal);
  };

  if (role === 'guest') {
    const line = createGuestLine({ later, open: parts.openOffering, send: (...said) => void send(...said) });
    effect(() => {
      const isWithin = room.isWithin.value && room.state.value.kind !== 'entering';
      const host = room.seats.value.find((seat) => seat.role === 'host')?.peerId ?? null;
      untracked(() => line.setHost(isWithin ? host : undefined));
    });
    return { ...common, as: { role, line }, hear: (from, signal) => line.hear(from, signal) };
  }

  const lines = createHostLines({ open: parts.openAnswering, send: (...said) => void send(...said) });
  const cast = createCast({ seats: room.seats, lines: lines.states, isShown, send, later });
  effect(() => {
    const guests = room.seats.value.filter((seat) => seat.role === 'guest').map(({ peerId }) => peerId);
    untracked(() => lines.setGuests(guests));
  });
  return {
    ...common,
    as: { role, cast },
    hear(from, signal) {
      if (!lines.hear(from, signal)) room.beat();
    },
  };
}

const cannotMix = 'This browser cannot make a picture. Use Chrome, Edge or Safari.';
