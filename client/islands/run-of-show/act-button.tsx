import type { ComponentChildren } from 'preact';
import type { ShowStore } from './run-of-show.store.ts';

interface ActButtonProps {
  store: ShowStore;
  readonly onPress: () => unknown;
  /** Whose or what it is about, for who hears the button without seeing the row. */
  about?: string;
  look?: 'line' | 'danger' | 'full';
  isPressed?: boolean;
  children: ComponentChildren;
}

const looks = {
  line: 'button small line',
  danger: 'button small line is-destructive',
  full: 'button small',
} as const;

/** One act by the socket. Without a line it is off. */
export function ActButton({ store, onPress, about, look = 'line', isPressed, children }: ActButtonProps) {
  return (
    <button
      class={looks[look]}
      type="button"
      disabled={!store.isConnected.value}
      aria-pressed={isPressed}
      onClick={() => onPress()}
    >
      {children}
      {about && <span class="vh"> {about}</span>}
    </button>
  );
}

/** What was typed into a form, by the names of its fields. */
export function typed(form: EventTarget | null): (name: string) => string {
  const fields = new FormData(form as HTMLFormElement);
  return (name) => {
    const value = fields.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
}
