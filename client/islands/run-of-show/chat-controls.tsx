import { useSignal } from '@preact/signals';
import { ActButton, typed } from './act-button.tsx';
import type { ShowStore } from './run-of-show.store.ts';

const slowModes = [
  { seconds: 0, name: 'Off' },
  { seconds: 10, name: '10 s' },
  { seconds: 30, name: '30 s' },
  { seconds: 60, name: '60 s' },
] as const;

/** Open or closed, how often one person may write, and which words may not be written. */
export function ChatControls({ store }: { store: ShowStore }) {
  const { room } = store.snapshot.value;
  const change = (changes: { isChatOpen?: boolean; slowModeSeconds?: number }, words: string) =>
    store.act('room:change', { changes, revision: room.revision }, words);
  return (
    <>
      <div class="show-row" role="group" aria-label="Slow mode: between two messages of one person">
        <span class="small">Slow mode</span>
        {slowModes.map(({ seconds, name }) => (
          <ActButton
            key={seconds}
            store={store}
            isPressed={room.slowModeSeconds === seconds}
            onPress={() =>
              change(
                { slowModeSeconds: seconds },
                seconds === 0 ? 'Slow mode is off.' : `Slow mode: ${name}.`,
              )
            }
          >
            {name}
          </ActButton>
        ))}
      </div>
      <p class="show-row">
        <ActButton
          store={store}
          onPress={() =>
            change(
              { isChatOpen: !room.isChatOpen },
              room.isChatOpen
                ? 'The chat is closed: everybody can read, nobody can write.'
                : 'The chat is open.',
            )
          }
        >
          {room.isChatOpen ? 'Close the chat' : 'Open the chat'}
        </ActButton>
        <span class="hint">
          {room.isChatOpen
            ? 'It is open on every stage.'
            : 'It is closed: everybody can read, nobody can write.'}
        </span>
      </p>
      <WordList store={store} />
    </>
  );
}

/** Viewers never get this list, so it is fetched when somebody opens it. */
function WordList({ store }: { store: ShowStore }) {
  const words = useSignal<readonly string[] | null>(null);
  return (
    <details
      class="show-more"
      onToggle={(toggle) => {
        if (!toggle.currentTarget.open || words.value || !store.isConnected.value) return;
        void store.act('word-list:read', {}).then((answer) => {
          if (answer) words.value = answer.words;
        });
      }}
    >
      <summary>Words that may not be written</summary>
      {words.value === null ? (
        <p class="hint">The list comes as soon as the page is connected.</p>
      ) : (
        <form
          data-needs-script
          onSubmit={(submit) => {
            submit.preventDefault();
            const list = [
              ...new Set(
                typed(submit.currentTarget)('words')
                  .split('\n')
                  .map((word) => word.trim())
                  .filter(Boolean),
              ),
            ];
            void store
              .act(
                'word-list:change',
                { words: list },
                'The list is saved. It holds from the next message on.',
              )
              .then((answer) => answer && (words.value = list));
          }}
        >
          <div class="field">
            <label for="word-list">One word or phrase on each line</label>
            <textarea id="word-list" name="words" rows={6} aria-describedby="word-list-hint">
              {words.value.join('\n')}
            </textarea>
            <p class="hint" id="word-list-hint">
              A message with one of them is not sent, and its writer is told. Viewers do not see the list.
            </p>
          </div>
          <button class="button line small" type="submit" disabled={!store.isConnected.value}>
            Save the list
          </button>
        </form>
      )}
    </details>
  );
}
