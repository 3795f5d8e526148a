import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { StudioSeat, StudioSignal } from '../../../server/contracts/studio-room.ts';
import type { PeerState } from './guest-line.ts';
import type { Timers } from './timers.ts';

/** What the host decided about one guest. */
export interface Decision {
  readonly isOnAir: boolean;
  readonly isMuted: boolean;
  /** As written in the picture. */
  readonly label: string;
  readonly isNamed: boolean;
}
export interface Guest extends Decision {
  readonly peerId: string;
  readonly name: string;
  /** none: has not called yet. */
  readonly line: PeerState | 'none';
  /** Much is lost on the way, or comes late. */
  readonly isWeak: boolean;
}

export interface StudioCast {
  readonly guests: ReadonlySignal<readonly Guest[]>;
  readonly isShown: ReadonlySignal<boolean>;
  /** Who goes into the picture now: on air, and connected. */
  readonly onAir: ReadonlySignal<readonly Guest[]>;
  /** Who is shown where one person is: `camera`, or a guest. */
  readonly chosen: ReadonlySignal<string | null>;
  decide(peerId: string, changes: Partial<Decision>): void;
  choose(person: string): void;
  setWeak(peerId: string, isWeak: boolean): void;
}

interface CastParts {
  readonly seats: ReadonlySignal<readonly StudioSeat[]>;
  readonly lines: ReadonlySignal<ReadonlyMap<string, PeerState>>;
  /** Whether viewers get what is composed here. */
  readonly isShown: ReadonlySignal<boolean>;
  /** False: it did not arrive. */
  readonly send: (toPeerId: string, signal: StudioSignal) => Promise<boolean>;
  readonly later: Timers['later'];
}

/** Everybody begins off air, and who was away comes back as they were. */
export function createCast({ seats, lines, isShown, send, later }: CastParts): StudioCast {
  const decisions = signal<ReadonlyMap<string, Decision>>(new Map());
  const chosen = signal<string | null>(null);
  const weak = signal<readonly string[]>([]);

  const guests = computed(() =>
    seats.value
      .filter(({ role }) => role === 'guest')
      .map((seat): Guest => {
        const { peerId, name } = seat;
        const decision = decisions.value.get(keyOf(seat)) ?? undecided(name);
        const line = lines.value.get(peerId) ?? 'none';
        return { peerId, name, line, ...decision, isWeak: weak.value.includes(peerId) };
      }),
  );
  const onAir = computed(() => guests.value.filter(({ isOnAir, line }) => isOnAir && line === 'connected'));

  /** What each guest was told; forgotten with the connection, because a new page knows nothing. */
  const told = new Map<string, string>();
  const untold = signal(0);
  effect(() => {
    void untold.value;
    for (const { peerId, line, isMuted, ...guest } of guests.value) {
      const isOnAir = guest.isOnAir && isShown.value;
      if (line !== 'connected') {
        told.delete(peerId);
        continue;
      }
      const standing = `${isOnAir} ${isMuted}`;
      if (told.get(peerId) === standing) continue;
      told.set(peerId, standing);
      void untracked(() => send(peerId, { kind: 'standing', isOnAir, isMuted })).then((hasArrived) => {
        if (!hasArrived) later(() => told.delete(peerId) && (untold.value += 1), tellAgainMs);
      });
    }
  });

  return {
    ...{ guests, onAir, chosen, isShown },
    decide(peerId, changes) {
      const seat = seats.value.find((one) => one.peerId === peerId);
      if (!seat) return;
      const known = decisions.value.get(keyOf(seat)) ?? undecided(seat.name);
      decisions.value = new Map(decisions.value).set(keyOf(seat), { ...known, ...changes });
    },
    choose: (person) => void (chosen.value = person),
    setWeak(peerId, isWeak) {
      if (weak.value.includes(peerId) === isWeak) return;
      const others = weak.value.filter((one) => one !== peerId);
      weak.value = isWeak ? [...others, peerId] : others;
    },
  };
}

const tellAgainMs = 2_000;

/** What was decided is of a person and their page: neither another page of theirs nor another person has it. */
const keyOf = ({ participantId, peerId }: StudioSeat): string => `${participantId} ${peerId}`;

const undecided = (name: string): Decision => ({
  isOnAir: false,
  isMuted: false,
  label: name,
  isNamed: false,
});
