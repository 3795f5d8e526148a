import type { LiveQuestion } from '../../../server/contracts/live-questions.ts';
import { typed } from './act-button.tsx';
import type { ShowStore } from './run-of-show.store.ts';
import { speakersOfDay } from './show-people.ts';

interface QuestionMoreProps {
  question: LiveQuestion;
  others: readonly LiveQuestion[];
  store: ShowStore;
}

/** What is done to a question less often: an answer in writing, a speaker for it, one question out of two. */
export function QuestionMore({ question, others, store }: QuestionMoreProps) {
  const { id: questionId, revision, text, assignedTo } = question;
  const speakers = speakersOfDay(store.snapshot.value);
  const mergeable = others.filter(({ id, state }) => id !== questionId && state !== 'archived');
  const isOff = !store.isConnected.value;
  const submit = (act: (field: (name: string) => string) => Promise<unknown>) => (event: Event) => {
    event.preventDefault();
    void act(typed(event.currentTarget));
  };
  return (
    <details class="show-more">
      <summary>
        Answer, assign, merge<span class="vh"> “{text.slice(0, 60)}”</span>
      </summary>
      <form
        data-needs-script
        onSubmit={submit((field) =>
          store.act(
            'question:answer',
            { questionId, text: field('text'), revision },
            'The answer is shown below the question.',
          ),
        )}
      >
        <div class="field">
          <label for={`answer-${questionId}`}>Answer in writing</label>
          <textarea id={`answer-${questionId}`} name="text" rows={2} maxLength={1000} required />
        </div>
        <button class="button line small" type="submit" disabled={isOff}>
          Send the answer
        </button>
      </form>
      {speakers.length > 0 && (
        <form
          data-needs-script
          onSubmit={submit((field) =>
            store.act(
              'question:assign',
              { questionId, speakerId: field('speaker') || null, revision },
              'The speaker sees it backstage.',
            ),
          )}
        >
          <div class="field">
            <label for={`assign-${questionId}`}>Assign to a speaker</label>
            <select id={`assign-${questionId}`} name="speaker">
              <option value="">Nobody</option>
              {speakers.map(({ id, name }) => (
                <option key={id} value={id} selected={id === assignedTo}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <button class="button line small" type="submit" disabled={isOff}>
            Assign
          </button>
        </form>
      )}
      {mergeable.length > 0 && (
        <form
          data-needs-script
          onSubmit={submit((field) =>
            store.act(
              'question:merge',
              { questionId, intoId: field('into'), revision },
              'Merged: its votes count for the other one.',
            ),
          )}
        >
          <div class="field">
            <label for={`merge-${questionId}`}>Merge into</label>
            <select id={`merge-${questionId}`} name="into" required>
              <option value="">Choose the question that stays</option>
              {mergeable.map((other) => (
                <option key={other.id} value={other.id}>
                  {other.text.slice(0, 80)}
                </option>
              ))}
            </select>
          </div>
          <button class="button line small" type="submit" disabled={isOff}>
            Merge
          </button>
        </form>
      )}
    </details>
  );
}
