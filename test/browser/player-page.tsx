import { signal } from '@preact/signals';
import { h, render } from 'preact';
import { mount as mountReplay } from '../../client/islands/replay/replay.browser.ts';
import { openPlayer } from '../../client/player/open-player.browser.ts';
import { createPlayer, type PlayerStore } from '../../client/player/player.store.ts';
import { Player } from '../../client/player/player.tsx';
import { firstChoices, type PlayerReport } from '../../client/player/player-source.ts';
import { createWatchPath } from '../../client/player/watch-path.ts';
import type { ReplayPlayer } from '../../server/contracts/replay.ts';

/** What the test reaches into; it gives the next token and reads what came of it. */
export interface PlayerBench {
  readonly player: PlayerStore;
  readonly reports: PlayerReport[];
  nextToken: string | null;
  renewals: number;
}

const root = document.querySelector<HTMLElement>('#root');
const replay: ReplayPlayer = {
  replayId: 'r1',
  title: 'Heat pumps in old hospitals',
  lang: null,
  durationSeconds: 14,
  source: { kind: 'hls', path: '/live/t/one/s1/whole/', expiresAt: Date.now() + 600_000 },
  watchPath: '/watch.json',
  posterPath: null,
  captionsPath: '/captions.vtt',
  chapters: [
    { startsAt: 0, title: 'Welcome' },
    { startsAt: 6, title: 'Fourteen sites' },
  ],
  cues: [
    { startsAt: 1, endsAt: 4, text: 'Good morning from Llanelli.' },
    { startsAt: 9, endsAt: 13, text: 'No new radiators.' },
  ],
  startAt: null,
  positionPath: null,
  left: null,
};

const bench = { reports: [] as PlayerReport[], nextToken: 'one' as string | null, renewals: 0 };
const outside = {
  now: () => Date.now(),
  later: (work: () => void, ms: number) => void setTimeout(work, ms),
};
const watch = createWatchPath(
  { path: '/live/t/one/s1/', expiresAt: Date.now() + 600_000 },
  () => {
    bench.renewals += 1;
    return Promise.resolve(
      bench.nextToken === null
        ? 'refused'
        : { path: `/live/t/${bench.nextToken}/s1/`, expiresAt: Date.now() + 600_000 },
    );
  },
  outside,
);
const isLive = !location.search.includes('whole');
const player = createPlayer(
  {
    title: 'Main stage',
    source: signal({
      id: 'r1',
      isLive,
      isHls: true,
      watch,
      file: isLive ? 'run/main.m3u8' : 'whole/main.m3u8',
      startedAt: Date.now() - 3_600_000,
    }),
    choices: firstChoices,
  },
  {
    ...outside,
    open: openPlayer,
    remember: () => undefined,
    report: (report) => void bench.reports.push(report),
  },
);
Object.assign(window, { bench: Object.assign(bench, { player }) });
if (root && location.search === '?replay') {
  root.dataset.props = JSON.stringify(replay);
  mountReplay(root);
} else if (root) render(h(Player, { player, isRunning: true, plainSource: null }), root);
