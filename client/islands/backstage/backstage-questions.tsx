import type { LiveQuestion } from '../../../server/contracts/live-questions.ts';
import { Composer } from '../live-room/composer.tsx';
import { questionGroups } from './backstage-view.ts';
import type { BackstageProps } from './backstage.tsx';

const longestAnswer = 1_000;

export function BackstageQuestions({ store, start }: BackstageProps) {
  const groups = questionGroups(store.live.snapshot.value, start.speakerId);
  const isEmpty = groups.live.length + groups.own.length + groups.others.length === 0;
  const list = (title: string, questions: readonly LiveQuestion[]) =>
    questions.length > 0 && (
      <>
        <h3>{title}</h3>
        <ul class="plain">
          {questions.map((question) => (
            <QuestionItem key={question.id} question={question} store={store} start={start} />
          ))}
        </ul>
      </>
    );
  return (
    <section class="backstage-questions" aria-labelledby="backstage-questions-title">
      <h2 id="backstage-questions-title">Questions</h2>
      {isEmpty && <p class="muted">No questions yet. What the moderators put to you stands here.</p>}
      {list('Being answered now', groups.live)}
      {list('For you', groups.own)}
      {list('Asked by viewers', groups.others)}
    </section>
  );
}

function QuestionItem({ question, store, start }: BackstageProps & { question: LiveQuestion }) {
  const { event, sessions } = store.live.snapshot.value;
  const { id, text, author, votes, answer, revision } = question;
  const { speakerId, canAnswerAll } = start;
  const isOwn = speakerId !== null && question.assignedTo === speakerId;
  const session = sessions.find((one) => one.id === question.sessionId);
  const isInOwn = speakerId !== null && Boolean(session?.speakerIds.includes(speakerId));
  const draft = store.answers.value[id];
  return (
    <li class={question.state === 'live' ? 'is-answering' : undefined}>
      <p class="backstage-question">{text}</p>
      <p class="muted small">
        {author?.name ?? 'Asked without a name'}, {votes === 1 ? '1 vote' : `${votes} votes`}
      </p>
      {answer && (
        <p>
          <b>{answer.by} answered:</b> {answer.text}
        </p>
      )}
      {(isOwn || isInOwn || canAnswerAll) && !answer && (
        <details open={draft !== undefined}>
          <summary>
            Answer in writing<span class="vh">: {text}</span>
          </summary>
          <Composer
            id={`answer-${id}`}
            label="Your answer"
            action={`/events/${event.slug}/backstage/questions/${id}/answer`}
            button="Send the answer"
            value={draft?.text ?? ''}
            most={longestAnswer}
            refusal={draft?.refusal ?? null}
            hint="Viewers see it below the question."
            hidden={{ revision: String(revision) }}
            onWrite={(written) => store.writeAnswer(id, written)}
            onSend={() => void store.answer(question)}
          />
        </details>
      )}
    </li>
  );
}
