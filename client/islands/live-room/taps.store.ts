import { signal, type ReadonlySignal } from '@preact/signals';
import type { LivePush } from '../../../server/contracts/live-events.ts';
import type { RoomReaction } from '../../../server/contracts/live-room-settings.ts';
import type { Ask } from './ask-server.ts';
import type { LiveStore } from './live-room.store.ts';

/** What rises beside the picture for a moment: so many tapped this in one second. */
export interface Rising {
  readonly id: number;
  readonly kind: RoomReaction;
  readonly count: number;
}

export interface TapsStore {
  readonly rising: ReadonlySignal<readonly Rising[]>;
  /** The last one's own, to show that the tap was felt. */
  readonly last: ReadonlySignal<RoomReaction | null>;
  tap(kind: RoomReaction): void;
  hear(push: LivePush<'live:reactions'>): void;
}

const everyMs = 1_000;
const risesMs = 2_500;
const mostTaps = 10;
const mostRising = 8;

type Later = (work: () => void, ms: number) => void;

/** Gathers taps into one message a second. They are a mood: what cannot be sent now is forgotten. */
export function createTaps(live: LiveStore, ask: Ask, now: () => number, later: Later): TapsStore {
  const rising = signal<readonly Rising[]>([]);
  const last = signal<RoomReaction | null>(null);
  let taps = new Map<RoomReaction, number>();
  let sentAt = Number.NEGATIVE_INFINITY;
  let isPlanned = false;
  let made = 0;

  function send() {
    isPlanned = false;
    sentAt = now();
    last.value = null;
    const gathered = Object.fromEntries(taps);
    taps = new Map();
    void ask('reaction:send', { stageId: live.stageId.value, taps: gathered });
  }
  return {
    rising,
    last,
    tap(kind) {
      taps.set(kind, Math.min(mostTaps, (taps.get(kind) ?? 0) + 1));
      last.value = kind;
      if (isPlanned) return;
      isPlanned = true;
      later(send, Math.max(0, sentAt + everyMs - now()));
    },
    hear(push) {
      if (push.stageId !== live.stageId.value) return;
      const fresh = Object.entries(push.taps).map(([kind, count]) => ({
        id: (made += 1),
        kind: kind as RoomReaction,
        count,
      }));
      rising.value = [...rising.value, ...fresh].slice(-mostRising);
      later(() => {
        rising.value = rising.value.filter((one) => !fresh.includes(one));
      }, risesMs);
    },
  };
}
