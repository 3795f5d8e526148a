import { h, render } from 'preact';
import type { ReplayPlayer, ReplayWatch } from '../../../server/contracts/replay.ts';
import { openPlayer } from '../../player/open-player.browser.ts';
import { keepChoices, readChoices } from '../../player/player-memory.browser.ts';
import type { Renewed } from '../../player/watch-path.ts';
import { createReplay } from './replay.store.ts';
import { Replay } from './replay.tsx';

/** Answers that asking again will not change. */
const finalStatuses: ReadonlySet<number> = new Set([401, 403, 404, 410]);

export function mount(element: HTMLElement): void {
  const start = JSON.parse(element.dataset.props ?? '') as ReplayPlayer;
  const key = `replay ${start.replayId}`;
  const replay = createReplay(start, {
    choices: readChoices(),
    leftAt: Number(read(key)) || null,
    keepPlace: (seconds) => keep(key, seconds),
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
    else localStorage.setItem(key, String(seconds));
  } catch {
    // Private windows refuse: then the replay begins anew next time.
  }
}
