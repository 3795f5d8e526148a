import type { LiveQuestion, QuestionState } from '../../../server/contracts/live-questions.ts';
import { QuestionRow } from './question-row.tsx';
import type { ShowStore } from './run-of-show.store.ts';

const sections: readonly { state: QuestionState; title: string; none: string | null }[] = [
  { state: 'queue', title: 'Waiting for you', none: 'Nothing waits. New questions come in here first.' },
  { state: 'live', title: 'Being answered', none: null },
  { state: 'visible', title: 'Shown', none: 'No question is shown.' },
  { state: 'answered', title: 'Answered', none: null },
  { state: 'archived', title: 'Put away', none: null },
];

/** Questions of this stage by their state: first what waits for a moderator. */
export function QuestionsPanel({ store }: { store: ShowStore }) {
  const { questions, event, room } = store.snapshot.value;
  const stageId = store.stageId.value;
  const here = questions.filter((question) => event.stages.length < 2 || question.stageId === stageId);
  const inState = (state: QuestionState) => here.filter((question) => question.state === state).sort(order);
  return (
    <>
      {!room.areQuestionsOpen && <p class="show-note">Asking is closed. You open it again under Room.</p>}
      {sections.map(({ state, title, none }) => {
        const list = inState(state);
        if (list.length === 0 && none === null) return null;
        return (
          <section key={state} aria-labelledby={`questions-${state}`}>
            <h3 id={`questions-${state}`}>
              {title} <span class="muted">{list.length}</span>
            </h3>
            {list.length === 0 && <p class="muted small">{none}</p>}
            <ul class="plain show-list">
              {list.map((question) => (
                <QuestionRow key={question.id} question={question} others={here} store={store} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

/** The queue in order of time, so that nobody waits for ever; what people vote on by votes. */
const order = (a: LiveQuestion, b: LiveQuestion): number =>
  (a.state === 'queue' ? 0 : b.votes - a.votes) || Date.parse(a.askedAt) - Date.parse(b.askedAt);
