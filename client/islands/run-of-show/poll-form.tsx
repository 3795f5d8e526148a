import { useSignal } from '@preact/signals';
import type { PollKind, PollResults } from '../../../server/contracts/live-polls.ts';
import { typed } from './act-button.tsx';
import { kindWords, resultWords } from './poll-row.tsx';
import type { ShowStore } from './run-of-show.store.ts';

/** A new poll is a draft: it waits among those that are ready until somebody opens it. */
export function PollForm({ store }: { store: ShowStore }) {
  const kind = useSignal<PollKind>('single');
  const hasOptions = kind.value === 'single' || kind.value === 'multiple';
  return (
    <details class="show-more">
      <summary>Make a poll</summary>
      <form
        data-needs-script
        onSubmit={(submit) => {
          submit.preventDefault();
          const form = submit.currentTarget;
          void save(store, typed(form), kind.value, hasOptions).then((isSaved) => isSaved && form.reset());
        }}
      >
        <div class="field">
          <label for="poll-question">Question</label>
          <textarea id="poll-question" name="question" rows={2} maxLength={200} required />
        </div>
        <div class="field">
          <label for="poll-kind">What people answer</label>
          <select
            id="poll-kind"
            name="kind"
            value={kind.value}
            onChange={(change) => (kind.value = change.currentTarget.value as PollKind)}
          >
            {Object.entries(kindWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </div>
        {hasOptions && (
          <div class="field">
            <label for="poll-options">Options, one on each line</label>
            <textarea
              id="poll-options"
              name="options"
              rows={4}
              required
              aria-describedby="poll-options-hint"
            />
            <p class="hint" id="poll-options-hint">
              Two to twelve.
            </p>
          </div>
        )}
        <div class="field">
          <label for="poll-results">Who sees the result</label>
          <select id="poll-results" name="results">
            {Object.entries(resultWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words[0]?.toUpperCase() + words.slice(1)}
              </option>
            ))}
          </select>
        </div>
        <button class="button small" type="submit" disabled={!store.isConnected.value}>
          Keep as a draft
        </button>
      </form>
    </details>
  );
}

async function save(
  store: ShowStore,
  field: (name: string) => string,
  kind: PollKind,
  hasOptions: boolean,
): Promise<boolean> {
  const lines = field('options')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const answer = await store.act(
    'poll:save',
    {
      pollId: null,
      clientId: store.draftId('poll'),
      stageId: store.stageId.value,
      kind,
      question: field('question'),
      options: hasOptions ? lines : [],
      results: field('results') as PollResults,
      revision: 0,
    },
    'The poll is ready. Nobody sees it until you open it.',
  );
  if (answer) store.renewDraft('poll');
  return answer !== null;
}
