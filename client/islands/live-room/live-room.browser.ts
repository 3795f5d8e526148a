import { effect } from '@preact/signals';
import { h, hydrate } from 'preact';
import { connectBrowser } from './connect-browser.ts';
import { createLiveStore } from './live-room.store.ts';
import { LiveRoom, type LiveRoomProps } from './live-room.tsx';

export function mount(element: HTMLElement): void {
  const { siteName, ...start } = JSON.parse(element.dataset.props ?? '') as LiveRoomProps;
  const store = createLiveStore(start);
  hydrate(h(LiveRoom, { store, siteName }), element);
  connectBrowser(store, 'viewers');

  effect(() => {
    const stage = store.stageId.value;
    if (stage !== null && stage !== start.stageId)
      history.replaceState(null, '', `?stage=${encodeURIComponent(stage)}`);
  });
}
