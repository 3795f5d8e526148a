import { signal, type Signal } from '@preact/signals';
import { extendBy } from './extend-form.tsx';
import type { ShowStore } from './run-of-show.store.ts';
import { showView, type ShowAction } from './show-view.ts';

/** Single keys can be switched off: they are in the way of speech input and of unsteady hands. */
export interface ShowKeys {
  readonly areOn: Signal<boolean>;
  readonly isListShown: Signal<boolean>;
}

export const createKeys = (): ShowKeys => ({ areOn: signal(true), isListShown: signal(false) });

export const keyList: readonly { readonly key: string; readonly does: string }[] = [
  { key: 'G', does: 'Go live' },
  { key: 'P', does: 'Pause, or resume' },
  { key: 'E', does: 'Extend by 5 minutes' },
  { key: 'X', does: 'End the session, asks first' },
  { key: '1 to 6', does: 'Open a panel' },
  { key: '?', does: 'Show or hide this list' },
];

const press = (store: ShowStore, { session, move, name }: ShowAction) => {
  if (session)
    void store.act(
      'session:move',
      { sessionId: session.id, move, revision: session.revision },
      `${name}: done.`,
    );
};

/** What a single key does; false for one that does nothing here. */
export function actByKey(key: string, store: ShowStore, keys: ShowKeys, canDirect: boolean): boolean {
  if (!keys.areOn.value) return false;
  if (key === '?') {
    keys.isListShown.value = !keys.isListShown.value;
    return true;
  }
  if (!canDirect) return false;
  const view = showView(store.snapshot.value, store.stageId.value, store.now.value);
  const [start, pause, end] = view.actions;
  switch (key.toLowerCase()) {
    case 'g':
      if (start) press(store, start);
      return true;
    case 'p':
      if (pause) press(store, pause);
      return true;
    case 'e':
      if (view.isOnAir && view.current) extendBy(store, view.current, 5);
      return true;
    case 'x':
      if (end?.session && end.move === 'end') askToEnd(store, end);
      return true;
    default:
      return false;
  }
}

function askToEnd(store: ShowStore, end: ShowAction): void {
  const { viewers } = store;
  const people = viewers.value === null ? 'everybody who is watching' : peopleWatching(viewers.value);
  store.confirm({
    title: `End “${end.session?.title ?? ''}”?`,
    text: `The session ends for ${people}. You can undo it.`,
    button: 'End session',
    act: () => press(store, end),
  });
}

export const peopleWatching = (count: number): string =>
  count === 1 ? '1 person who is watching' : `${count} people who are watching`;
