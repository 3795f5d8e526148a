import { effect } from '@preact/signals';
import { h, hydrate } from 'preact';
import { askNobody, askThrough, type Ask } from '../live-room/ask-server.ts';
import { connectBrowser } from '../live-room/connect-browser.ts';
import { Backstage } from './backstage.tsx';
import { createBackstageStore, type BackstageStart } from './backstage.store.ts';

export function mount(element: HTMLElement): void {
  const start = JSON.parse(element.dataset.props ?? '') as BackstageStart;
  let reach: Ask = askNobody;
  const store = createBackstageStore(start, {
    ask: (name, message) => reach(name, message),
    newId: () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36)).join('-'),
    later: (work, ms) => void setTimeout(work, ms),
  });
  hydrate(h(Backstage, { store, start }), element);
  const socket = connectBrowser(store.live, 'backstage');
  reach = askThrough(socket, store.live, start.snapshot.event.id);
  effect(() => {
    if (store.live.connection.value.kind === 'connected') store.sendChat.resend();
  });
  setInterval(() => store.sendChat.settle(), 1_000);
}
