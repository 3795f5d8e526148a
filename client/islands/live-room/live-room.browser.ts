import { effect } from '@preact/signals';
import { h, hydrate } from 'preact';
import { openPlayer } from '../../player/open-player.browser.ts';
import { keepChoices, readChoices } from '../../player/player-memory.browser.ts';
import type { Renewed } from '../../player/watch-path.ts';
import { askNobody, askThrough, type Ask } from './ask-server.ts';
import { connectBrowser, type HeldTicket } from './connect-browser.ts';
import { connectPart } from './connect-part.ts';
import { createLiveStore } from './live-room.store.ts';
import { LiveRoom, type LiveRoomProps } from './live-room.tsx';
import { createTakePart } from './take-part.store.ts';

export function mount(element: HTMLElement): void {
  const { siteName, part: start, ...room } = JSON.parse(element.dataset.props ?? '') as LiveRoomProps;
  const hiddenKey = `hidden-notices ${room.snapshot.event.id}`;
  let reach: Ask = askNobody;
  const live = createLiveStore(room);
  const later = (work: () => void, ms: number) => void setTimeout(work, ms);
  const part = createTakePart(live, start, {
    ask: (name, message) => reach(name, message),
    now: () => Date.now(),
    later,
    random: () => Math.random(),
    newId: () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36)).join('-'),
    hiddenNotices: sessionStorage.getItem(hiddenKey)?.split(' ') ?? [],
    picture: {
      choices: readChoices(),
      fetchPath: (stageId) => fetchPath(room.snapshot.event.slug, stageId),
      player: {
        now: () => live.now.peek(),
        later,
        open: openPlayer,
        remember: keepChoices,
        report: () => undefined,
      },
    },
  });
  hydrate(h(LiveRoom, { live, part, siteName }), element);
  part.isRunning.value = true;

  const ticket: HeldTicket = { current: start.ticket };
  const socket = connectBrowser(live, 'viewers', ticket);
  reach = askThrough(socket, live, room.snapshot.event.id);
  connectPart(socket, live, part, {
    every: (work, ms) => void setInterval(work, ms),
    isVisible: () => document.visibilityState === 'visible',
    keepTicket: (fresh) => (ticket.current = fresh),
  });

  effect(() => sessionStorage.setItem(hiddenKey, part.notices.hidden.value.join(' ')));
  effect(() => {
    const stage = live.stageId.value;
    const tab = part.tab.value;
    if (stage === room.stageId && tab === start.tab) return;
    const stageToo = stage === null ? '' : `&stage=${encodeURIComponent(stage)}`;
    history.replaceState(null, '', `?tab=${tab}${stageToo}`);
  });
}

async function fetchPath(slug: string, stageId: string | null): Promise<Renewed> {
  const response = await fetch(
    `/api/events/${encodeURIComponent(slug)}/live/watch?stage=${encodeURIComponent(stageId ?? '')}`,
  );
  if (response.status === 401 || response.status === 403) return 'refused';
  const { path, expiresAt } = response.ok
    ? ((await response.json()) as { path: string | null; expiresAt: number })
    : { path: null, expiresAt: 0 };
  return path === null ? 'unreachable' : { path, expiresAt };
}
