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

  const log = element.querySelector('.backstage-log');
  if (log) stayAtEnd(log, () => [store.live.snapshot.value.chat, store.sendChat.unsent.value]);
  setInterval(() => store.sendChat.settle(), 1_000);
}

/** Follows what is new, unless the reader has scrolled back. */
function stayAtEnd(log: Element, look: () => unknown): void {
  let isAtEnd = true;
  log.addEventListener('scroll', () => {
    isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  });
  effect(() => {
    look();
    requestAnimationFrame(() => isAtEnd && log.scrollTo(0, log.scrollHeight));
  });
}
