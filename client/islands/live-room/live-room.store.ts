import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { ChatMessage } from '../../../server/contracts/live-chat.ts';
import type { JoinAnswer } from '../../../server/contracts/live-messages.ts';
import type { NumberedFact } from '../../../server/contracts/live-facts.ts';
import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import { hasGap, receiveFacts, receiveSnapshot, startLog } from './fact-log.ts';

/** How the page stands to the server; the words are in `connection-state.tsx`. */
export type Connection =
  | { readonly kind: 'still' | 'connecting' | 'connected' | 'lost' | 'restarting' | 'asking' }
  | { readonly kind: 'refused'; readonly message: string };

export interface LiveStart {
  readonly snapshot: LiveSnapshot;
  readonly seq: number;
  /** The server's clock when the page was made, in ms. */
  readonly now: number;
  readonly stageId: string | null;
}

export interface LiveStore {
  readonly snapshot: ReadonlySignal<LiveSnapshot>;
  readonly seq: ReadonlySignal<number>;
  /** The server's clock, in ms, as well as this browser knows it. */
  readonly now: ReadonlySignal<number>;
  readonly connection: ReadonlySignal<Connection>;
  readonly stageId: ReadonlySignal<string | null>;
  chooseStage(stageId: string): void;
  setConnection(connection: Connection): void;
  /** True when a number is missing and the server must be asked for it. */
  receive(facts: readonly NumberedFact[]): boolean;
  /** Takes the answer to a join that was asked with `lastSeq`. True when a number is still missing. */
  accept(answer: JoinAnswer, lastSeq: number | null): boolean;
  /** Learns the server's clock from an answer; the quickest answer so far is believed. */
  learnClock(serverNow: number, askedAt: number, answeredAt: number): void;
  /** Older messages that were asked for, put before the others. */
  addEarlierChat(messages: readonly ChatMessage[]): void;
  /** Moves the clock on; `localNow` is this browser's. */
  tick(localNow: number): void;
}

/** The state of one live page. Knows no browser: what happens outside is told to it. */
export function createLiveStore(start: LiveStart): LiveStore {
  const log = signal(startLog(start.snapshot, start.seq));
  const now = signal(start.now);
  const stageId = signal(start.stageId);
  const connection = signal<Connection>({ kind: 'still' });
  let clock: { offset: number; roundTrip: number } | null = null;

  return {
    snapshot: computed(() => log.value.snapshot),
    seq: computed(() => log.value.seq),
    now,
    connection,
    stageId,
    chooseStage: (id) => void (stageId.value = id),
    setConnection: (value) => void (connection.value = value),
    receive(facts) {
      log.value = receiveFacts(log.value, facts);
      return hasGap(log.value);
    },
    accept(answer, lastSeq) {
      // A log that stands before what this page has applied was restored from an older copy: its word counts.
      const isRestored = lastSeq !== null && answer.seq < lastSeq;
      log.value =
        answer.kind === 'facts'
          ? receiveFacts(log.value, answer.facts)
          : receiveFacts(
              receiveSnapshot(log.value, answer.snapshot, answer.snapshotSeq, isRestored),
              answer.facts,
            );
      return hasGap(log.value);
    },
    learnClock(serverNow, askedAt, answeredAt) {
      const roundTrip = answeredAt - askedAt;
      if (clock && clock.roundTrip < roundTrip) return;
      clock = { offset: serverNow - (askedAt + answeredAt) / 2, roundTrip };
    },
    addEarlierChat(messages) {
      const { snapshot } = log.value;
      const isNew = ({ id }: ChatMessage) => snapshot.chat.every((known) => known.id !== id);
      const chat = [...messages.filter(isNew), ...snapshot.chat].sort((one, other) =>
        one.at < other.at ? -1 : one.at > other.at ? 1 : 0,
      );
      log.value = { ...log.value, snapshot: { ...snapshot, chat } };
    },
    tick(localNow) {
      clock ??= { offset: start.now - localNow, roundTrip: Number.POSITIVE_INFINITY };
      now.value = localNow + clock.offset;
    },
  };
}
