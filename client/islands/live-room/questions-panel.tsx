import { Composer, ComposerClosed } from './composer.tsx';
import { momentOfStage } from './course-of-day.ts';
import type { LiveStore } from './live-room.store.ts';
import { QuestionItem, WaitingQuestion } from './question-item.tsx';
import { longestQuestion, type QuestionOrder } from './questions.store.ts';
import { questionsClosed } from './standing-words.ts';
import type { TakePart } from './take-part.store.ts';

interface QuestionsPanelProps {
  live: LiveStore;
  part: TakePart;
}

const orders: Readonly<Record<QuestionOrder, string>> = { votes: 'Most votes', newest: 'Newest' };

export function QuestionsPanel({ live, part }: QuestionsPanelProps) {
  const { questions } = part;
  const { zone } = live.snapshot.value.event;
  const shown = [...questions.now.value, ...questions.open.value];
  return (
    <>
      <div class="room-panel-head">
        <h2>Questions</h2>
        {part.isRunning.value && (
          <fieldset class="room-sort">
            <legend class="vh">Sort questions</legend>
            {Object.entries(orders).map(([order, words]) => (
              <label key={order}>
                <input
                  type="radio"
                  name="order"
                  checked={questions.order.value === order}
                  onChange={() => void (questions.order.value = order as QuestionOrder)}
                />
                <span>{words}</span>
              </label>
            ))}
          </fieldset>
        )}
      </div>
      {/* It scrolls by itself, so the keyboard must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="room-panel-body" role="group" aria-label="Questions asked" tabIndex={0}>
        {questions.count.value === 0 && <p class="room-empty">No questions yet. Yours can be the first.</p>}
        <ol class="room-questions">
          {shown.map((question) => (
            <QuestionItem key={question.id} question={question} live={live} part={part} />
          ))}
          {questions.waiting.value.map((question) => (
            <WaitingQuestion key={question.id} question={question} zone={zone} />
          ))}
          {questions.answered.value.map((question) => (
            <QuestionItem key={question.id} question={question} live={live} part={part} />
          ))}
        </ol>
      </div>
      <p class={questions.problem.value ? 'room-said-back room-error' : 'room-said-back'} role="status">
        {questions.problem.value ?? questions.done.value}
      </p>
      <AskForm live={live} part={part} />
    </>
  );
}

function AskForm({ live, part }: QuestionsPanelProps) {
  const { questions, person } = part;
  const snapshot = live.snapshot.value;
  const closed = questionsClosed(snapshot, person.silencedUntil.value);
  if (closed) return <ComposerClosed>{closed}</ComposerClosed>;
  const moment = momentOfStage(snapshot, live.stageId.value, live.now.value);
  const session = 'session' in moment ? moment.session : null;
  const { room, event } = snapshot;
  return (
    <Composer
      id="ask"
      label={session ? `Ask about “${session.title}”` : 'Ask a question'}
      action={`/events/${event.slug}/live/questions`}
      button="Ask"
      value={questions.draft.value}
      most={longestQuestion}
      refusal={questions.refusal.value}
      hint={
        room.areQuestionsModerated
          ? 'A moderator reads every question first.'
          : 'It shows to everybody at once.'
      }
      hidden={{
        stageId: live.stageId.value,
        sessionId: session?.id ?? null,
        clientId: part.formId,
      }}
      isBusy={questions.isAsking.value}
      onWrite={(text) => {
        questions.draft.value = text;
        questions.done.value = null;
      }}
      onSend={() => void questions.ask()}
      extra={
        room.allowsAnonymousQuestions && (
          <label class="room-check">
            <input
              type="checkbox"
              name="isAnonymous"
              value="true"
              checked={questions.isAnonymous.value}
              onChange={(change) => void (questions.isAnonymous.value = change.currentTarget.checked)}
            />
            <span>Ask without my name</span>
          </label>
        )
      }
    />
  );
}
