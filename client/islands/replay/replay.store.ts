import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { ReplayChapter, ReplayCue, ReplayPlayer } from '../../../server/contracts/replay.ts';
import type { PlayerChoices, PlayerSource } from '../../player/player-source.ts';
import { createPlayer, type PlayerStore, type PlayerSurroundings } from '../../player/player.store.ts';
import { replayList } from '../../player/replay-list.ts';
import { createWatchPath, type Renewed } from '../../player/watch-path.ts';

export interface ReplaySurroundings {
  readonly player: PlayerSurroundings;
  readonly choices: PlayerChoices;
  /** Where the reader left off, in seconds; null: nowhere. */
  readonly leftAt: number | null;
  /** null: seen to the end. */
  keepPlace(seconds: number | null): void;
  /** The picture stands: what was kept may be told now. */
  pausedOrEnded(): void;
  renew(): Promise<Renewed>;
}

export interface ReplayStore {
  readonly start: ReplayPlayer;
  readonly player: PlayerStore;
  /** Where the player began, because the reader left off there; null: at the beginning, or where a link says. */
  readonly resumedAt: Signal<number | null>;
  readonly search: Signal<string>;
  readonly lines: ReadonlySignal<readonly ReplayCue[]>;
  readonly chapter: ReadonlySignal<ReplayChapter | null>;
  readonly line: ReadonlySignal<ReplayCue | null>;
  jump(seconds: number): void;
}

/** Less than this from either end is the beginning, or the end. */
const edgeSeconds = 15;
const keepEverySeconds = 5;

export function createReplay(start: ReplayPlayer, outside: ReplaySurroundings): ReplayStore {
  const { durationSeconds, source } = start;
  const left = outside.leftAt;
  const isWorthIt = left !== null && left > edgeSeconds && left < durationSeconds - edgeSeconds;
  const resumedAt = signal(start.startAt === null && isWorthIt ? left : null);
  const playerSource: PlayerSource =
    source.kind === 'hls'
      ? {
          id: start.replayId,
          isLive: false,
          isHls: true,
          watch: createWatchPath(source, () => outside.renew(), outside.player),
          file: replayList(start),
          startedAt: null,
        }
      : {
          id: start.replayId,
          isLive: false,
          isHls: false,
          watch: null,
          file: source.path,
          startedAt: null,
        };
  const player = createPlayer(
    {
      title: start.title,
      source: signal(playerSource),
      choices: outside.choices,
      duration: durationSeconds,
      startAt: start.startAt ?? resumedAt.peek() ?? 0,
    },
    outside.player,
  );
  const time = computed(() => player.position.value.time);
  const search = signal('');
  const words = computed(() => folded(search.value).split(/\s+/).filter(Boolean));

  const place = computed(() => Math.floor(time.value / keepEverySeconds));
  effect(() => {
    if (place.value === 0 && player.phase.value !== 'ended') return;
    const isSeen = player.phase.value === 'ended' || time.peek() > durationSeconds - edgeSeconds;
    outside.keepPlace(isSeen ? null : Math.floor(time.peek()));
  });

  effect(() => {
    if (player.phase.value === 'paused' || player.phase.value === 'ended') outside.pausedOrEnded();
  });

  return {
    start,
    player,
    resumedAt,
    search,
    lines: computed(() =>
      start.cues.filter(({ text }) => {
        const said = folded(text);
        return words.value.every((word) => said.includes(word));
      }),
    ),
    chapter: computed(() => lastBefore(start.chapters, time.value)),
    line: computed(() => lastBefore(start.cues, time.value)),
    jump(seconds) {
      resumedAt.value = null;
      player.seek(seconds);
      player.device.peek()?.play();
    },
  };
}

/** Upper and lower case, and letters with and without marks, are the same to who searches. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();

const lastBefore = <T extends { readonly startsAt: number }>(list: readonly T[], time: number): T | null =>
  // A jump lands a moment before what it aims at.
  list.findLast(({ startsAt }) => startsAt <= time + 0.3) ?? null;
