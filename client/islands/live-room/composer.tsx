import type { ComponentChildren, RefObject } from 'preact';

interface ComposerProps {
  id: string;
  label: string;
  action: string;
  button: string;
  value: string;
  most: number;
  refusal: string | null;
  hint: string;
  /** Beside the button: a checkbox, or nothing. */
  extra?: ComponentChildren;
  /** Above the field. */
  before?: ComponentChildren;
  hidden: Readonly<Record<string, string | null>>;
  /** With Enter; Shift and Enter makes a new line. */
  sendsOnEnter?: boolean;
  isBusy?: boolean;
  field?: RefObject<HTMLTextAreaElement | null>;
  onWrite(text: string): void;
  onSend(): void;
}

const nearTheEnd = 80;

/** The field at the foot of a tab. A form that posts; with script the page sends it. */
export function Composer(props: ComposerProps) {
  const { id, label, action, button, value, most, refusal, hint, hidden } = props;
  const left = most - [...value].length;
  return (
    <form
      class="room-composer"
      method="post"
      action={action}
      onSubmit={(submit) => {
        submit.preventDefault();
        props.onSend();
      }}
    >
      {Object.entries(hidden).map(
        ([name, text]) => text !== null && <input key={name} type="hidden" name={name} value={text} />,
      )}
      {props.before}
      <label for={id}>{label}</label>
      <textarea
        ref={props.field ?? null}
        id={id}
        name="text"
        rows={2}
        value={value}
        aria-invalid={refusal ? 'true' : undefined}
        aria-describedby={refusal ? `${id}-error ${id}-hint` : `${id}-hint`}
        onInput={(input) => props.onWrite(input.currentTarget.value)}
        onKeyDown={(key) => {
          if (!props.sendsOnEnter || key.key !== 'Enter' || key.shiftKey || key.isComposing) return;
          key.preventDefault();
          props.onSend();
        }}
      />
      <div role="alert">
        {refusal && (
          <p class="room-error" id={`${id}-error`}>
            {refusal}
          </p>
        )}
      </div>
      <div class="room-composer-row">
        {props.extra}
        <p class="room-hint" id={`${id}-hint`}>
          {left < nearTheEnd ? (left < 0 ? `${-left} characters too many` : `${left} characters left`) : hint}
        </p>
        <button class="button" type="submit" aria-disabled={props.isBusy ? 'true' : undefined}>
          {button}
        </button>
      </div>
    </form>
  );
}

/** In the composer's place when nothing can be written: why, in words. */
export function ComposerClosed({ children }: { children: ComponentChildren }) {
  return <p class="room-composer room-composer-closed">{children}</p>;
}
