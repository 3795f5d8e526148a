import type { LiveQuestion, QuestionMove, QuestionState } from '../../../server/contracts/live-questions.ts';
import { timeOfDay } from '../live-room/live-words.ts';
import { ActButton } from './act-button.tsx';
import { QuestionMore } from './question-more.tsx';
import type { ShowStore } from './run-of-show.store.ts';
import { personInWords, speakersOfDay } from './show-people.ts';
import { StageViewButton } from './stage-view-button.tsx';

interface QuestionRowProps {
  question: LiveQuestion;
  others: readonly LiveQuestion[];
  store: ShowStore;
}

interface MoveWords {
  readonly move: QuestionMove;
  readonly name: string;
  readonly done: string;
  /** What is done next as a rule, so that the eye finds it. */
  readonly isUsual?: boolean;
}
const show = { move: 'show', name: 'Show', done: 'Everybody can read it and vote.' } as const;
const archive = { move: 'archive', name: 'Archive', done: 'Put away. You can bring it back.' } as const;
const takeLive = {
  move: 'take-live',
  name: 'Take live',
  done: 'Everybody reads that it is being answered.',
} as const;

const movesByState: Readonly<Record<QuestionState, readonly MoveWords[]>> = {
  queue: [{ ...show, isUsual: true }, archive],
  visible: [
    { ...takeLive, isUsual: true },
    { move: 'hide', name: 'Hide', done: 'Back among those that wait.' },
    archive,
  ],
  live: [
    { move: 'answer', name: 'Answered', done: 'Marked as answered.', isUsual: true },
    { ...show, name: 'Not now', done: 'Shown again, not being answered.' },
  ],
  answered: [{ ...show, name: 'Show again' }, archive],
  archived: [{ move: 'restore', name: 'Restore', done: 'It is back where it was.' }],
};

export function QuestionRow({ question, others, store }: QuestionRowProps) {
  const { id: questionId, revision, text, author, votes, state, answer, assignedTo, mergedCount } = question;
  const snapshot = store.snapshot.value;
  const excerpt = `“${text.slice(0, 60)}”`;
  const speaker = speakersOfDay(snapshot).find(({ id }) => id === assignedTo);
  return (
    <li>
      <p class="show-words">{text}</p>
      <p class="show-by">
        {author ? personInWords(author) : 'Asked without a name'},{' '}
        <time dateTime={question.askedAt}>{timeOfDay(question.askedAt, snapshot.event.zone)}</time>
        {state !== 'queue' && ` · ${votes} ${votes === 1 ? 'vote' : 'votes'}`}
        {mergedCount > 0 && ` · ${mergedCount} merged into it`}
        {speaker && ` · for ${speaker.name}`}
      </p>
      {answer && (
        <p class="show-answer">
          <b>{answer.by}:</b> {answer.text}
        </p>
      )}
      <p class="show-row">
        {movesByState[state].map(({ move, name, done, isUsual }) => (
          <ActButton
            key={move}
            store={store}
            about={excerpt}
            look={isUsual ? 'full' : 'line'}
            onPress={() => store.act('question:move', { questionId, move, revision }, done)}
          >
            {name}
          </ActButton>
        ))}
        {state !== 'queue' && state !== 'archived' && (
          <StageViewButton store={store} item={{ kind: 'question', id: questionId }} about={excerpt} />
        )}
      </p>
      {state !== 'archived' && <QuestionMore question={question} others={others} store={store} />}
    </li>
  );
}
