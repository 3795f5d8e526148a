import { signal, type Signal } from '@preact/signals';
import type { Mine } from '../../../server/contracts/live-messages.ts';
import { askNobody, type Ask } from './ask-server.ts';
import type { LiveStore } from './live-room.store.ts';
import { createNotices, type NoticesStore } from './notices.store.ts';
import { printedPlayer } from '../../player/player.store.ts';
import {
  createPicture,
  noPicture,
  type PictureStart,
  type PictureStore,
  type PictureSurroundings,
} from './picture.store.ts';
import { createPerson, type PersonStore } from './person.store.ts';
import { createPolls, type PollsStore } from './polls.store.ts';
import { createQuestions, type QuestionsStore } from './questions.store.ts';
import { createReadChat, type ReadChatStore } from './read-chat.store.ts';
import { createSendChat, type SendChatStore } from './send-chat.store.ts';
import { createTaps, type TapsStore } from './taps.store.ts';

export const panelTabs = ['chat', 'questions', 'polls', 'agenda'] as const;
export type PanelTab = (typeof panelTabs)[number];

/** A form that came back to a page without script: which, why, and what was typed. */
export interface FormTrouble {
  readonly tab: 'chat' | 'questions' | 'polls';
  readonly message: string;
  readonly text: string;
}

/** How a page starts to take part, beside the room itself. */
export interface PartStart {
  readonly tab: PanelTab;
  /** Makes a form without script one message, however often it is sent. */
  readonly formId: string;
  readonly mine: Mine | null;
  readonly trouble: FormTrouble | null;
  /** To come into the room with, without a question to the store. */
  readonly ticket: string | null;
  /** Where this person reads their own attendance; null for who has no place. */
  readonly attendancePath: string | null;
  readonly picture?: PictureStart;
}

/** Everything a viewer does in a live room. */
export interface TakePart {
  /** False until the script runs: then forms and links do the work. */
  readonly isRunning: Signal<boolean>;
  readonly tab: Signal<PanelTab>;
  readonly formId: string;
  readonly attendancePath: string | null;
  /** People watching; null until it was told. */
  readonly viewers: Signal<number | null>;
  readonly picture: PictureStore;
  readonly person: PersonStore;
  readonly readChat: ReadChatStore;
  readonly sendChat: SendChatStore;
  readonly questions: QuestionsStore;
  readonly polls: PollsStore;
  readonly taps: TapsStore;
  readonly notices: NoticesStore;
  /** The page has joined, for the first time or again. */
  joined(): void;
  /** About once a second. */
  settle(): void;
}

export interface PartSurroundings {
  readonly ask: Ask;
  now: () => number;
  later: (work: () => void, ms: number) => void;
  random: () => number;
  newId: () => string;
  readonly hiddenNotices: readonly string[];
  readonly picture?: Omit<PictureSurroundings, 'ask'>;
}

/** For a page that is printed and never sends. */
export const printedSurroundings: PartSurroundings = {
  ask: askNobody,
  now: () => 0,
  later: () => undefined,
  random: () => 0,
  newId: () => '',
  hiddenNotices: [],
};
/** Everybody asks for what is theirs after a join; not all in the same second. */
const mineSpreadMs = 3_000;

export function createTakePart(live: LiveStore, start: PartStart, outside: PartSurroundings): TakePart {
  const { ask, newId, later } = outside;
  const person = createPerson(live, ask, start.mine);
  const readChat = createReadChat(live, person, ask);
  const sendChat = createSendChat({ live, person, ask, newId, later });
  const questions = createQuestions(live, person, ask, newId);
  const polls = createPolls(live, person, ask);
  const { trouble } = start;
  if (trouble?.tab === 'chat') {
    sendChat.draft.value = trouble.text;
    sendChat.refusal.value = trouble.message;
  } else if (trouble?.tab === 'questions') {
    questions.draft.value = trouble.text;
    questions.refusal.value = trouble.message;
  } else if (trouble) questions.problem.value = trouble.message;
  return {
    isRunning: signal(false),
    tab: signal(start.tab),
    formId: start.formId,
    attendancePath: start.attendancePath,
    viewers: signal(null),
    picture: createPicture(live, start.picture ?? noPicture, {
      player: printedPlayer,
      ...outside.picture,
      ask,
    }),
    person,
    readChat,
    sendChat,
    questions,
    polls,
    taps: createTaps(live, ask, outside.now, later),
    notices: createNotices(live, outside.hiddenNotices),
    joined() {
      later(() => void person.read(), outside.random() * mineSpreadMs);
      sendChat.resend();
    },
    settle() {
      readChat.settle();
      sendChat.settle();
      polls.settle();
    },
  };
}
