import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { LiveQuestion } from '../../../server/contracts/live-questions.ts';
import type { Ask } from './ask-server.ts';
import { momentOfStage } from './course-of-day.ts';
import type { LiveStore } from './live-room.store.ts';
import { notConnected, type PersonStore } from './person.store.ts';

export type QuestionOrder = 'votes' | 'newest';

export interface QuestionsStore {
  readonly order: Signal<QuestionOrder>;
  /** On this stage: what is being answered, then what is open in the chosen order, then what has been answered. */
  readonly now: ReadonlySignal<readonly LiveQuestion[]>;
  readonly open: ReadonlySignal<readonly LiveQuestion[]>;
  readonly answered: ReadonlySignal<readonly LiveQuestion[]>;
  /** One's own that nobody else sees yet. */
  readonly waiting: ReadonlySignal<readonly LiveQuestion[]>;
  readonly count: ReadonlySignal<number>;
  /** One's own question is being answered. */
  readonly isMineAnswered: ReadonlySignal<boolean>;
  readonly draft: Signal<string>;
  readonly isAnonymous: Signal<boolean>;
  readonly isAsking: ReadonlySignal<boolean>;
  readonly refusal: Signal<string | null>;
  readonly problem: Signal<string | null>;
  readonly done: Signal<string | null>;
  hasVoted(questionId: string): boolean;
  isMine(questionId: string): boolean;
  votes(question: LiveQuestion): number;
  vote(question: LiveQuestion): Promise<void>;
  ask(): Promise<void>;
}

export const longestQuestion = 400;

/** `base`: the count when it was pressed; once the server has counted anew, its word stands. */
interface Press {
  readonly isOn: boolean;
  readonly base: number;
}

export function createQuestions(
  live: LiveStore,
  person: PersonStore,
  ask: Ask,
  newId: () => string,
): QuestionsStore {
  const order = signal<QuestionOrder>('votes');
  const pressed = signal<ReadonlyMap<string, Press>>(new Map());
  const asked = signal<readonly LiveQuestion[]>([]);
  const [draft, isAnonymous, isAsking] = [signal(''), signal(false), signal(false)];
  const refusal = signal<string | null>(null);
  const problem = signal<string | null>(null);
  const done = signal<string | null>(null);
  let clientId = newId();

  const onStage = computed(() =>
    live.snapshot.value.questions.filter(({ stageId }) => stageId === live.stageId.value),
  );
  const inState = (...states: LiveQuestion['state'][]) =>
    onStage.value.filter(({ state }) => states.includes(state));
  const own = computed(() => {
    const told = person.mine.value?.ownQuestions ?? [];
    return [...told, ...asked.value.filter(({ id }) => told.every((known) => known.id !== id))];
  });
  const isMine = (questionId: string) => own.value.some(({ id }) => id === questionId);
  const hasVoted = (questionId: string) =>
    pressed.value.get(questionId)?.isOn ?? Boolean(person.mine.value?.votedQuestionIds.includes(questionId));
  const votes = ({ id, votes: counted }: LiveQuestion) => {
    const press = pressed.value.get(id);
    return press && press.base === counted ? Math.max(0, counted + (press.isOn ? 1 : -1)) : counted;
  };
  const waiting = computed(() =>
    own.value.filter(
      ({ id, state, stageId }) =>
        state === 'queue' &&
        stageId === live.stageId.value &&
        live.snapshot.value.questions.every((known) => known.id !== id),
    ),
  );
  const currentSession = () => {
    const moment = momentOfStage(live.snapshot.value, live.stageId.value, live.now.value);
    return 'session' in moment ? moment.session.id : null;
  };

  return {
    order,
    now: computed(() => inState('live')),
    open: computed(() =>
      inState('visible').sort((one, other) =>
        order.value === 'votes' && one.votes !== other.votes
          ? other.votes - one.votes
          : one.askedAt < other.askedAt
            ? 1
            : -1,
      ),
    ),
    answered: computed(() =>
      inState('answered').sort((one, other) => (one.askedAt < other.askedAt ? 1 : -1)),
    ),
    waiting,
    count: computed(() => onStage.value.length + waiting.value.length),
    isMineAnswered: computed(() => inState('live').some(({ id }) => isMine(id))),
    ...{ draft, isAnonymous, isAsking, refusal, problem, done, hasVoted, isMine, votes },
    async vote(question) {
      const { id } = question;
      const before = pressed.value.get(id);
      const isOn = !hasVoted(id);
      // Pressed twice before the server counted: back to where it was.
      const next = new Map(pressed.value);
      if (before && before.base === question.votes && before.isOn !== isOn) next.set(id, { isOn, base: -1 });
      else next.set(id, { isOn, base: question.votes });
      pressed.value = next;
      problem.value = null;
      const answer = await ask('question:vote', { questionId: id, isOn });
      if (answer?.ok) return;
      pressed.value = new Map([...pressed.value, [id, before ?? { isOn: !isOn, base: -1 }]]);
      problem.value = answer?.message ?? notConnected;
    },
    async ask() {
      if (isAsking.value) return;
      const text = draft.value.trim();
      if (text === '') return void (refusal.value = 'Write something first');
      if ([...text].length > longestQuestion)
        return void (refusal.value = `Use ${longestQuestion} characters or fewer`);
      isAsking.value = true;
      const answer = await ask('question:ask', {
        stageId: live.stageId.value,
        sessionId: currentSession(),
        clientId,
        text,
        isAnonymous: isAnonymous.value && live.snapshot.value.room.allowsAnonymousQuestions,
      });
      isAsking.value = false;
      if (!answer?.ok)
        return void (refusal.value =
          answer?.message ??
          'You are not connected just now. Your question is kept here: ask it again in a moment.');
      clientId = newId();
      asked.value = [...asked.value, answer.question];
      draft.value = '';
      refusal.value = null;
      done.value =
        answer.question.state === 'queue'
          ? 'Thank you. A moderator will read your question before it shows.'
          : 'Thank you. Your question is on the list.';
    },
  };
}
