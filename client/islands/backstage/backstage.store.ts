import { signal, type ReadonlySignal } from '@preact/signals';
import type { Mine } from '../../../server/contracts/live-messages.ts';
import type { LiveQuestion } from '../../../server/contracts/live-questions.ts';
import type { Ask } from '../live-room/ask-server.ts';
import { createLiveStore, type LiveStart, type LiveStore } from '../live-room/live-room.store.ts';
import { createPerson, notConnected } from '../live-room/person.store.ts';
import { createSendChat, type SendChatStore } from '../live-room/send-chat.store.ts';

export interface BackstageStart extends LiveStart {
  readonly mine: Mine;
  /** null for who runs the day without speaking. */
  readonly speakerId: string | null;
  readonly canAnswerAll: boolean;
  /** For what is sent once without script. */
  readonly formId: string;
  /** Why what was sent without script was not taken, and what was written. */
  readonly trouble: { readonly where: string; readonly message: string; readonly text: string } | null;
}

export interface AnswerDraft {
  readonly text: string;
  readonly refusal: string | null;
}

export interface BackstageStore {
  readonly live: LiveStore;
  readonly sendChat: SendChatStore;
  readonly answers: ReadonlySignal<Readonly<Record<string, AnswerDraft>>>;
  writeAnswer(questionId: string, text: string): void;
  answer(question: LiveQuestion): Promise<void>;
}

interface Outside {
  readonly ask: Ask;
  newId: () => string;
  later: (work: () => void, ms: number) => void;
}

/** A live store of the backstage log, its chat, and answers that are being written. */
export function createBackstageStore(start: BackstageStart, outside: Outside): BackstageStore {
  const { trouble } = start;
  const live = createLiveStore(start);
  const person = createPerson(live, outside.ask, start.mine);
  const sendChat = createSendChat({ live, person, channel: 'backstage', ...outside });
  if (trouble?.where === 'chat') {
    sendChat.draft.value = trouble.text;
    sendChat.refusal.value = trouble.message;
  }
  const answers = signal<Readonly<Record<string, AnswerDraft>>>(
    trouble && trouble.where !== 'chat'
      ? { [trouble.where]: { text: trouble.text, refusal: trouble.message } }
      : {},
  );
  const put = (id: string, draft: AnswerDraft) => void (answers.value = { ...answers.value, [id]: draft });
  return {
    live,
    sendChat,
    answers,
    writeAnswer: (id, text) => put(id, { text, refusal: null }),
    async answer({ id, revision }) {
      const text = answers.value[id]?.text.trim() ?? '';
      if (text === '') return put(id, { text, refusal: 'Write something first' });
      const said = await outside.ask('question:answer', { questionId: id, text, revision });
      if (!said?.ok) return put(id, { text, refusal: said?.message ?? notConnected });
      answers.value = Object.fromEntries(Object.entries(answers.value).filter(([key]) => key !== id));
    },
  };
}
