import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { LiveAck } from '../../../server/contracts/live-events.ts';
import type {
  EnteredStudio,
  StudioRoom,
  StudioSeat,
  studioBeatMs,
} from '../../../server/contracts/studio-room.ts';
import type { Timers } from './timers.ts';

export type RoomState =
  | { readonly kind: 'out' | 'entering' | 'in' }
  /** Was in the room, or on the way: the server does not answer, and is asked again. */
  | { readonly kind: 'lost' }
  /** replaced: another page has this one’s place. */
  | { readonly kind: 'full' | 'replaced' | 'refused'; readonly message: string };

export interface RoomParts extends Pick<Timers, 'later'> {
  /** Says that this page is here; null when no answer came. */
  enter(seat: { readonly peerId: string; readonly isNew: boolean }): Promise<LiveAck<EnteredStudio> | null>;
  leave(peerId: string): void;
  newPeerId(): string;
}

/** Whether this page is in the backstage room, and who else is. */
export interface StudioRoomStore {
  readonly state: ReadonlySignal<RoomState>;
  /** Inside, coming in, or coming back. */
  readonly isWithin: ReadonlySignal<boolean>;
  readonly peerId: ReadonlySignal<string | null>;
  readonly seats: ReadonlySignal<readonly StudioSeat[]>;
  readonly iceServers: ReadonlySignal<EnteredStudio['iceServers']>;
  enter(): void;
  leave(): void;
  /** Says it again at once: the line came back, or something came from somebody unknown. */
  beat(): void;
  /** The room as the server has just told everybody. */
  hear(room: StudioRoom): void;
  lineBroke(): void;
  refuse(message: string): void;
}

const beatMs: typeof studioBeatMs = 8_000;
const askAgainMs = 2_000;
/** Answers that asking again will not change. */
const finalCodes: ReadonlySet<string> = new Set(['forbidden', 'not-found', 'not-signed-in', 'invalid']);

export function createRoom(parts: RoomParts): StudioRoomStore {
  const state = signal<RoomState>({ kind: 'out' });
  const peerId = signal<string | null>(null);
  const seats = signal<readonly StudioSeat[]>([]);
  const iceServers = signal<EnteredStudio['iceServers']>([]);
  let revision = -1;
  /** Raised whenever what is under way counts no more. */
  let turn = 0;
  let callOff = () => undefined as void;

  const end = (next: RoomState) => {
    turn += 1;
    callOff();
    state.value = next;
    seats.value = [];
    peerId.value = null;
    revision = -1;
  };
  const accept = (room: StudioRoom): boolean => {
    if (room.revision >= revision) {
      revision = room.revision;
      seats.value = room.seats;
    }
    return seats.value.some((seat) => seat.peerId === peerId.value);
  };
  const isWithin = computed(() => ['entering', 'in', 'lost'].includes(state.value.kind));

  async function beat(isNew: boolean) {
    const mine = ++turn;
    const me = peerId.value;
    callOff();
    if (me === null) return;
    const answer = await parts.enter({ peerId: me, isNew });
    if (mine !== turn) return;
    const again = (ms: number) => void (callOff = parts.later(() => void beat(isNew && !answer?.ok), ms));
    if (answer?.ok) {
      iceServers.value = answer.iceServers;
      if (!accept(answer.room)) return end({ kind: 'replaced', message: replaced });
      state.value = { kind: 'in' };
      return again(beatMs);
    }
    if (answer?.code === 'conflict')
      return end({ kind: isNew ? 'full' : 'replaced', message: answer.message });
    if (answer && finalCodes.has(answer.code)) return end({ kind: 'refused', message: answer.message });
    if (state.value.kind === 'in') state.value = { kind: 'lost' };
    again(askAgainMs);
  }

  return {
    ...{ state, isWithin, peerId, seats, iceServers },
    enter() {
      if (isWithin.value) return;
      peerId.value = parts.newPeerId();
      state.value = { kind: 'entering' };
      void beat(true);
    },
    leave() {
      if (peerId.value !== null) parts.leave(peerId.value);
      end({ kind: 'out' });
    },
    beat() {
      if (isWithin.value) void beat(state.value.kind === 'entering');
    },
    hear(room) {
      if (!isWithin.value || room.revision < revision) return;
      // Without a seat: replaced, or only away for too long. The answer to the next beat knows which.
      if (!accept(room) && state.value.kind === 'in') void beat(false);
    },
    lineBroke() {
      if (state.value.kind === 'in') state.value = { kind: 'lost' };
    },
    refuse: (message) => end({ kind: 'refused', message }),
  };
}

const replaced = 'The room was opened in another page, which has this place now.';
