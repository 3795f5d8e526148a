import { signal } from '@preact/signals';
import { h, render } from 'preact';
import { openPlayer } from '../../client/player/open-player.browser.ts';
import { createPlayer, type PlayerStore } from '../../client/player/player.store.ts';
import { Player } from '../../client/player/player.tsx';
import { firstChoices, type PlayerReport } from '../../client/player/player-source.ts';
import { createWatchPath } from '../../client/player/watch-path.ts';

/** What the test reaches into; it gives the next token and reads what came of it. */
export interface PlayerBench {
  readonly player: PlayerStore;
  readonly reports: PlayerReport[];
  nextToken: string | null;
  renewals: number;
}

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
      startedAt: null,
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
const root = document.querySelector('#root');
if (root) render(h(Player, { player, isRunning: true, plainSource: null }), root);
