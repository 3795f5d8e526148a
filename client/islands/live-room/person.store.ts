import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Mine } from '../../../server/contracts/live-messages.ts';
import type { Ask } from './ask-server.ts';
import type { LiveStore } from './live-room.store.ts';

/** Who looks at this page, and what is theirs alone. */
export interface PersonStore {
  /** null until the server has said it. */
  readonly mine: ReadonlySignal<Mine | null>;
  readonly id: ReadonlySignal<string | null>;
  /** Until when this person may only read, by the server's clock; null: may speak. */
  readonly silencedUntil: ReadonlySignal<string | null>;
  readonly hasRaisedHand: ReadonlySignal<boolean>;
  /** Why the hand is as it was. */
  readonly problem: Signal<string | null>;
  read(): Promise<void>;
  silence(until: string | null): void;
  toggleHand(): Promise<void>;
}

export function createPerson(live: LiveStore, ask: Ask, start: Mine | null): PersonStore {
  const mine = signal(start);
  const silence = signal(start?.silencedUntil ?? null);
  const hasRaisedHand = signal(start?.hasRaisedHand ?? false);
  const problem = signal<string | null>(null);
  return {
    mine,
    id: computed(() => mine.value?.participantId ?? null),
    silencedUntil: computed(() =>
      silence.value !== null && Date.parse(silence.value) > live.now.value ? silence.value : null,
    ),
    hasRaisedHand,
    problem,
    async read() {
      const answer = await ask('mine:read', {});
      if (!answer?.ok) return;
      mine.value = answer;
      silence.value = answer.silencedUntil;
      hasRaisedHand.value = answer.hasRaisedHand;
    },
    silence: (until) => void (silence.value = until),
    async toggleHand() {
      const isRaised = !hasRaisedHand.value;
      hasRaisedHand.value = isRaised;
      const answer = isRaised
        ? await ask('hand:raise', { stageId: live.stageId.value })
        : await ask('hand:lower', { participantId: null });
      problem.value = answer?.ok ? null : (answer?.message ?? notConnected);
      if (!answer?.ok) hasRaisedHand.value = !isRaised;
    },
  };
}

export const notConnected = 'You are not connected just now. Please try again in a moment.';
