import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { ChatMessage, ChatReaction } from '../../../server/contracts/live-chat.ts';
import type { Ask } from './ask-server.ts';
import type { LiveStore } from './live-room.store.ts';
import { notConnected, type PersonStore } from './person.store.ts';

/** Reading the chat of the chosen stage, and what one does with others' messages. */
export interface ReadChatStore {
  readonly messages: ReadonlySignal<readonly ChatMessage[]>;
  readonly pinned: ReadonlySignal<readonly ChatMessage[]>;
  readonly hasEarlier: ReadonlySignal<boolean>;
  readonly isAskingEarlier: ReadonlySignal<boolean>;
  /** Of others, since the reader last saw the end. */
  readonly unread: ReadonlySignal<number>;
  /** For screen readers: one summary every few seconds, not each message. */
  readonly spoken: ReadonlySignal<string>;
  /** Whose buttons are open, and whether they are asked for a reason. */
  readonly opened: Signal<{ readonly messageId: string; readonly isReport: boolean } | null>;
  readonly problem: Signal<string | null>;
  /** What was done, or not: "Thank you. A moderator will look at it." */
  readonly done: Signal<string | null>;
  hasReacted(messageId: string, kind: ChatReaction): boolean;
  react(messageId: string, kind: ChatReaction): Promise<void>;
  report(messageId: string, reason: string): Promise<void>;
  remove(messageId: string): Promise<void>;
  showEarlier(): Promise<void>;
  /** The end of the chat is on the screen. */
  sawEnd(): void;
  settle(): void;
}

const firstPage = 50;
const spokenEveryMs = 5_000;
const saidForMs = 10_000;

export function createReadChat(live: LiveStore, person: PersonStore, ask: Ask): ReadChatStore {
  const messages = computed(() =>
    live.snapshot.value.chat.filter(
      ({ channel, stageId }) => channel === 'stage' && stageId === live.stageId.value,
    ),
  );
  const newest = () => messages.value.at(-1)?.at ?? '';
  const seenUpTo = signal(newest());
  const spokenUpTo = { at: newest(), when: live.now.value };
  const spoken = signal('');
  const more = signal<ReadonlyMap<string | null, boolean>>(new Map());
  const isAskingEarlier = signal(false);
  const opened = signal<{ messageId: string; isReport: boolean } | null>(null);
  const problem = signal<string | null>(null);
  const done = signal<string | null>(null);
  /** What was pressed on this page; for the rest the server's word counts. */
  const pressed = signal<ReadonlyMap<string, boolean>>(new Map());
  const newSince = (at: string) =>
    messages.value.filter((message) => message.at > at && message.author.id !== person.id.value).length;
  let stageSpoken = live.stageId.value;

  const hasReacted = (messageId: string, kind: ChatReaction) =>
    pressed.value.get(`${kind} ${messageId}`) ??
    Boolean(
      person.mine.value?.reactedMessages.some((one) => one.messageId === messageId && one.kind === kind),
    );
  const press = (messageId: string, kind: ChatReaction, isOn: boolean) =>
    void (pressed.value = new Map([...pressed.value, [`${kind} ${messageId}`, isOn]]));
  let saidAt = 0;
  const say = (sentence: string) => {
    done.value = sentence;
    saidAt = live.now.value;
  };
  const fail = (answer: { message: string } | null) =>
    void (problem.value = answer ? answer.message : notConnected);

  return {
    messages,
    pinned: computed(() => messages.value.filter(({ isPinned }) => isPinned)),
    hasEarlier: computed(() => more.value.get(live.stageId.value) ?? messages.value.length >= firstPage),
    isAskingEarlier,
    unread: computed(() => newSince(seenUpTo.value)),
    spoken,
    opened,
    problem,
    done,
    hasReacted,
    async react(messageId, kind) {
      const isOn = !hasReacted(messageId, kind);
      press(messageId, kind, isOn);
      problem.value = null;
      const answer = await ask('chat:react', { messageId, kind, isOn });
      if (answer?.ok) return;
      press(messageId, kind, !isOn);
      fail(answer);
    },
    async report(messageId, reason) {
      problem.value = null;
      const answer = await ask('chat:report', { messageId, reason });
      if (!answer?.ok) return fail(answer);
      opened.value = null;
      say('Thank you. A moderator will look at it.');
    },
    async remove(messageId) {
      problem.value = null;
      const answer = await ask('chat:delete', { messageId });
      if (!answer?.ok) return fail(answer);
      opened.value = null;
      say('Your message is deleted.');
    },
    async showEarlier() {
      // What is pinned may be much older than the rest.
      const first = messages.value.find(({ isPinned }) => !isPinned);
      if (!first || isAskingEarlier.value) return;
      const { stageId } = first;
      isAskingEarlier.value = true;
      const answer = await ask('chat:history', { channel: 'stage', stageId, beforeId: first.id });
      isAskingEarlier.value = false;
      if (!answer?.ok) return fail(answer);
      live.addEarlierChat(answer.messages);
      more.value = new Map([...more.value, [stageId, answer.hasMore]]);
    },
    sawEnd: () => void (seenUpTo.value = newest()),
    settle() {
      const now = live.now.value;
      if (done.value !== null && now - saidAt > saidForMs) done.value = null;
      if (stageSpoken !== live.stageId.value) {
        stageSpoken = live.stageId.value;
        spokenUpTo.at = seenUpTo.value = newest();
      }
      const count = newSince(spokenUpTo.at);
      if (count === 0 || now - spokenUpTo.when < spokenEveryMs) return;
      spokenUpTo.at = newest();
      spokenUpTo.when = now;
      const words = count === 1 ? '1 new message' : `${count} new messages`;
      // The same words again would not be read out again.
      spoken.value = spoken.value === words ? `${words}\u00a0` : words;
    },
  };
}
