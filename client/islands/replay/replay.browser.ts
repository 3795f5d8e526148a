import { h, render } from 'preact';
import type { NotedPosition, ReplayPlayer, ReplayWatch } from '../../../server/contracts/replay.ts';
import { openPlayer } from '../../player/open-player.browser.ts';
import { keepChoices, readChoices } from '../../player/player-memory.browser.ts';
import type { Renewed } from '../../player/watch-path.ts';
import { lastLeft, readLeftPlace, tellPlace, writeLeftPlace } from './left-place.ts';
import { createReplay } from './replay.store.ts';
import { Replay } from './replay.tsx';

/** Answers that asking again will not change. */
const finalStatuses: ReadonlySet<number> = new Set([401, 403, 404, 410]);

export function mount(element: HTMLElement): void {
  const start = JSON.parse(element.dataset.props ?? '') as ReplayPlayer;
  const key = `replay ${start.replayId}`;
  const { positionPath } = start;
  const place = positionPath
    ? tellPlace({ now: () => Date.now(), tell: (seconds) => tell(positionPath, seconds) })
    : null;
  // The last that a page on a phone hears.
  document.addEventListener('visibilitychange', () => document.hidden && place?.flush());
  addEventListener('pagehide', () => place?.flush());
  const replay = createReplay(start, {
    choices: readChoices(),
    leftAt: lastLeft(readLeftPlace(read(key)), start.left),
    keepPlace(seconds) {
      keep(key, seconds);
      place?.is(seconds);
    },
    pausedOrEnded: () => place?.flush(),
    renew: () => renew(start.watchPath),
    player: {
      now: () => Date.now(),
      later: (work, ms) => void setTimeout(work, ms),
      open: openPlayer,
      remember: keepChoices,
      report: () => undefined,
    },
  });
  // Not hydrated: the page's own player, links and all, is for who has no script.
  for (const source of element.querySelectorAll('source')) source.remove();
  for (const video of element.querySelectorAll('video')) video.load();
  element.replaceChildren();
  render(h(Replay, { replay }), element);
}

async function renew(path: string): Promise<Renewed> {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  if (finalStatuses.has(response.status)) return 'refused';
  if (!response.ok) return 'unreachable';
  const { source } = (await response.json()) as ReplayWatch;
  return source.kind === 'hls' ? source : 'unreachable';
}

/** Arrives though the page is left; one that is lost is made good by the next. */
function tell(path: string, seconds: number | null): void {
  const body: NotedPosition = { seconds, agoMs: 0 };
  const headers = { 'Content-Type': 'application/json' };
  fetch(path, { method: 'PUT', headers, body: JSON.stringify(body), keepalive: true }).catch(() => undefined);
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, seconds: number | null): void {
  try {
    if (seconds === null) localStorage.removeItem(key);
    else localStorage.setItem(key, writeLeftPlace(seconds, Date.now()));
  } catch {
    // Private windows refuse: then the replay begins anew next time.
  }
}
