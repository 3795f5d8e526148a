import type { ShowStore } from './run-of-show.store.ts';
import { actByKey, type ShowKeys } from './show-keys.ts';
import { showTabs } from './show-tab-names.ts';

const remembered = 'run-of-show-keys';

/** Single keys, never while somebody types, with another key held, or while a question waits for its answer. */
export function listenToKeys(store: ShowStore, keys: ShowKeys, canDirect: boolean): void {
  keys.areOn.value = readChoice();
  keys.areOn.subscribe((areOn) => keepChoice(areOn));
  addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
    if (store.confirmation.value) return;
    if (target instanceof Element && target.closest('input, textarea, select, [contenteditable]')) return;
    const tab = keys.areOn.value ? showTabs[Number(key) - 1] : undefined;
    if (tab) {
      store.chooseTab(tab.id);
      document.getElementById(`tab-${tab.id}`)?.focus();
    }
    if (tab || actByKey(key, store, keys, canDirect)) event.preventDefault();
  });
}

/** A browser may be told to keep nothing of a site; then the keys are on at each visit. */
function readChoice(): boolean {
  try {
    return localStorage.getItem(remembered) !== 'off';
  } catch {
    return true;
  }
}

function keepChoice(areOn: boolean): void {
  try {
    localStorage.setItem(remembered, areOn ? 'on' : 'off');
  } catch {
    // Nothing is kept, then.
  }
}
