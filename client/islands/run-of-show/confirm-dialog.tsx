import { useEffect, useRef } from 'preact/hooks';
import type { ShowStore } from './run-of-show.store.ts';

/** Asks before what cannot be taken back. The browser keeps the focus inside, and gives it back when it closes. */
export function ConfirmDialog({ store }: { store: ShowStore }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = store.confirmation.value;
  useEffect(() => {
    if (asked && !dialog.current?.open) dialog.current?.showModal();
  }, [asked]);
  if (!asked) return null;
  return (
    <dialog
      ref={dialog}
      class="show-confirm"
      aria-labelledby="confirm-title"
      aria-describedby="confirm-text"
      onClose={() => store.confirm(null)}
    >
      <h2 id="confirm-title">{asked.title}</h2>
      <p id="confirm-text">{asked.text}</p>
      <p class="show-row">
        <button class="button line" type="button" onClick={() => dialog.current?.close()}>
          Leave it as it is
        </button>
        <button
          class="button danger"
          type="button"
          onClick={() => {
            dialog.current?.close();
            asked.act();
          }}
        >
          {asked.button}
        </button>
      </p>
    </dialog>
  );
}
