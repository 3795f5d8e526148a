import type { ShowStore } from './run-of-show.store.ts';
import type { ShowAction } from './show-view.ts';

interface MoveButtonProps {
  action: ShowAction;
  store: ShowStore;
  path: string;
  canDirect: boolean;
}

/** A form of its own, so that it works without script; with it the press goes by the socket and the page stays. */
export function MoveButton({ action, store, path, canDirect }: MoveButtonProps) {
  const { move, session, name, effect } = action;
  const isOff = session === null || !canDirect;
  return (
    <form
      method="post"
      action={`${path}/run-of-show`}
      onSubmit={(submit) => {
        if (!session || !store.isConnected.value) return;
        submit.preventDefault();
        const { id: sessionId, revision } = session;
        void store.act('session:move', { sessionId, move, revision }, `${name}: done.`);
      }}
    >
      {session && <input type="hidden" name="sessionId" value={session.id} />}
      {session && <input type="hidden" name="revision" value={session.revision} />}
      <input type="hidden" name="move" value={move} />
      {store.stageId.value && <input type="hidden" name="stage" value={store.stageId.value} />}
      <button
        class={`show-action is-${move}${name === 'On air' ? ' is-on-air' : name === 'Paused' ? ' is-on-hold' : ''}`}
        type="submit"
        disabled={isOff}
      >
        <b>{name}</b>
        <span>{effect}</span>
      </button>
    </form>
  );
}
