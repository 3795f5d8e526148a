import type { CaptionerStore, Line } from './captioner.store.ts';

const words = { waiting: 'on its way', shown: '', refused: 'not shown' } as const;

/** The lines so far and the field for the next; Enter shows it. Without script (`isTyping` false) a form takes its place. */
export function Captioner({
  store,
  isTyping,
  newId = () => '',
}: {
  store: CaptionerStore;
  isTyping: boolean;
  newId?: () => string;
}) {
  const trouble = store.trouble.value;
  const submit = (form: HTMLFormElement) => {
    const field = form.elements.namedItem('text') as HTMLInputElement;
    void store.write(newId(), field.value);
    field.value = '';
    field.focus();
  };
  return (
    <div>
      <ol class="plain caption-lines" aria-label="What you wrote">
        {store.lines.value.map((line) => (
          <CaptionLine key={line.id} line={line} />
        ))}
      </ol>
      {isTyping && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit(event.currentTarget);
          }}
        >
          <div class="field">
            <label for="caption-text">What is being said</label>
            <p class="hint" id="caption-hint">
              Press Enter to show the line.
            </p>
            <input
              id="caption-text"
              name="text"
              type="text"
              maxLength={store.longest}
              autocomplete="off"
              spellcheck
              aria-describedby="caption-hint"
            />
          </div>
          <button class="button" type="submit">
            Show it
          </button>
        </form>
      )}
      <p role="status">
        {trouble}
        {trouble && (
          <button class="button line" type="button" onClick={() => void store.retry()}>
            Send again
          </button>
        )}
      </p>
    </div>
  );
}

function CaptionLine({ line }: { line: Line }) {
  const note = [line.at, words[line.state]].filter(Boolean).join(', ');
  return (
    <li>
      {note && <span class="muted">{note} </span>}
      {line.text}
    </li>
  );
}
