import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { ChatChannel, ChatMessage } from '../../../server/contracts/live-chat.ts';
import type { Ask } from './ask-server.ts';
import type { LiveStore } from './live-room.store.ts';
import type { PersonStore } from './person.store.ts';
import { changed, nextToSend, stillUnsent, without, type UnsentMessage } from './unsent-messages.ts';

/** Writing in the chat: the field, and what is on its way. */
export interface SendChatStore {
  readonly draft: Signal<string>;
  readonly replyTo: Signal<ChatMessage['replyTo']>;
  readonly unsent: ReadonlySignal<readonly UnsentMessage[]>;
  /** Why the last message was not taken, as a sentence. */
  readonly refusal: Signal<string | null>;
  /** Whole seconds until slow mode lets this person write again. */
  readonly waitSeconds: ReadonlySignal<number>;
  post(): void;
  /** Sends what has waited; called when the page has joined again. */
  resend(): void;
  settle(): void;
}

export const longestMessage = 500;

interface SendingSurroundings {
  readonly live: LiveStore;
  readonly person: PersonStore;
  readonly ask: Ask;
  /** Backstage has one chat for all stages, without slow mode. */
  readonly channel?: ChatChannel;
  newId: () => string;
  later: (work: () => void, ms: number) => void;
}

export function createSendChat(surroundings: SendingSurroundings): SendChatStore {
  const { live, person, ask, newId, later, channel = 'stage' } = surroundings;
  const draft = signal('');
  const replyTo = signal<ChatMessage['replyTo']>(null);
  const queue = signal<readonly UnsentMessage[]>([]);
  const refusal = signal<string | null>(null);
  const waitUntil = signal(0);
  let isSending = false;

  async function sendNext(): Promise<void> {
    const next = nextToSend(queue.value);
    if (isSending || !next) return;
    isSending = true;
    const hasWaited = next.state === 'waiting';
    const { clientId, stageId, text } = next;
    queue.value = changed(queue.value, clientId, { state: 'sending' });
    const answer = await ask('chat:post', {
      channel,
      clientId,
      stageId,
      text,
      replyToId: next.replyTo?.id ?? null,
    });
    isSending = false;
    if (!answer || (!answer.ok && answer.code === 'unavailable')) {
      queue.value = queue.value.map((one) => (one.state === 'sending' ? { ...one, state: 'waiting' } : one));
      if (answer) later(() => void sendNext(), answer.retryAfterMs ?? 2_000);
      return;
    }
    if (answer.ok) {
      const sent = { state: 'sent', messageId: answer.message.id, sentAt: live.now.value } as const;
      queue.value = changed(queue.value, clientId, sent);
      if (channel === 'stage' && !isFreeOfSlowMode())
        waitUntil.value = live.now.value + live.snapshot.value.room.slowModeSeconds * 1000;
    } else if (hasWaited && answer.retryAfterMs !== undefined) {
      // It was written when it might be written: it goes as soon as its turn has come.
      queue.value = changed(queue.value, clientId, { state: 'waiting' });
      return later(() => void sendNext(), answer.retryAfterMs);
    } else giveBack(next, answer);
    settle();
    await sendNext();
  }

  function giveBack(message: UnsentMessage, why: { message: string; retryAfterMs?: number }) {
    queue.value = without(queue.value, message.clientId);
    refusal.value = why.message;
    draft.value = draft.value.trim() ? `${message.text}\n${draft.value}` : message.text;
    replyTo.value ??= message.replyTo;
    if (why.retryAfterMs !== undefined) waitUntil.value = live.now.value + why.retryAfterMs;
  }
  const settle = () => void (queue.value = stillUnsent(queue.value, live.snapshot.value, live.now.value));
  const isFreeOfSlowMode = () => ['moderator', 'organiser'].includes(person.mine.value?.role ?? '');

  return {
    draft,
    replyTo,
    // The fact may come before the answer, or the other way round: never both on the page.
    unsent: computed(() => stillUnsent(queue.value, live.snapshot.value, 0)),
    refusal,
    waitSeconds: computed(() => Math.max(0, Math.ceil((waitUntil.value - live.now.value) / 1000))),
    post() {
      const text = draft.value.trim();
      if (text === '') return void (refusal.value = 'Write something first');
      if ([...text].length > longestMessage)
        return void (refusal.value = `Use ${longestMessage} characters or fewer`);
      if (waitUntil.value > live.now.value) return;
      const state = live.connection.value.kind === 'connected' ? 'sending' : 'waiting';
      const stageId = channel === 'stage' ? live.stageId.value : null;
      queue.value = [
        ...queue.value,
        { clientId: newId(), stageId, text, replyTo: replyTo.value, state, messageId: null, sentAt: null },
      ];
      draft.value = '';
      replyTo.value = null;
      refusal.value = null;
      void sendNext();
    },
    resend: () => void sendNext(),
    settle,
  };
}
