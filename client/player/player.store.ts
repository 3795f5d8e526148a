import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type {
  LiveCaption,
  PlayerChoices,
  PlayerDevice,
  PlayerReport,
  PlayerSource,
} from './player-source.ts';
import { createWatchdog, type Sample } from './watchdog.ts';

/** What the picture does. `away` and `behind` are told from it and from what the room says. */
export type Phase =
  'waiting' | 'connecting' | 'playing' | 'paused' | 'stalled' | 'ended' | 'no-right' | 'unsupported';
export type PlayerState = Phase | 'away' | 'behind';

export interface Quality {
  readonly id: number;
  /** "720p" */
  readonly label: string;
}

export interface Position {
  readonly time: number;
  /** Of a replay; null where the end is open. */
  readonly duration: number | null;
  /** Seconds behind the live edge; null where there is none. */
  readonly behind: number | null;
  /** How many seconds back a live picture can go. */
  readonly window: number;
}

export interface PlayerSurroundings {
  /** By the server's clock, in ms. */
  now(): number;
  later(work: () => void, ms: number): void;
  /** Takes a video over and returns how to let it go; the browser's part. */
  open(video: HTMLVideoElement, player: PlayerStore): () => void;
  remember(choices: PlayerChoices): void;
  report(report: PlayerReport): void;
}

/** For a page that is only printed. */
export const printedPlayer: PlayerSurroundings = {
  now: () => 0,
  later: () => undefined,
  open: () => () => undefined,
  remember: () => undefined,
  report: () => undefined,
};

export interface Observed extends Omit<Sample, 'isFollowing'> {
  /** ms since 1970 by the encoder's clock: when what is seen now was seen by the camera; null: unknown. */
  readonly programmeAt: number | null;
}

export interface PlayerStore {
  readonly title: string;
  /** Seconds, where it is known from the start. */
  readonly duration: number | null;
  readonly isLive: ReadonlySignal<boolean>;
  readonly source: ReadonlySignal<PlayerSource | null>;
  readonly isReceiving: ReadonlySignal<boolean>;
  readonly phase: Signal<Phase>;
  readonly state: ReadonlySignal<PlayerState>;
  readonly position: Signal<Position>;
  readonly choices: Signal<PlayerChoices>;
  /** The browser plays without sound until somebody presses. */
  readonly isSoundRefused: Signal<boolean>;
  readonly qualities: Signal<readonly Quality[]>;
  /** null: chosen by the speed of the line. */
  readonly quality: Signal<number | null>;
  readonly shownQuality: Signal<number | null>;
  /** There are captions to show. */
  readonly hasCaptions: Signal<boolean>;
  /** The lines that stand over the picture now. */
  readonly captionLines: Signal<readonly string[]>;
  readonly said: ReadonlySignal<readonly LiveCaption[]>;
  readonly isFullScreen: Signal<boolean>;
  readonly abilities: Signal<{ readonly fullScreen: boolean; readonly pictureInPicture: boolean }>;
  readonly isFollowing: Signal<boolean>;
  readonly device: Signal<PlayerDevice | null>;
  readonly outside: PlayerSurroundings;
  toggle(): void;
  goLive(): void;
  /** By so many seconds, back with a minus. */
  step(seconds: number): void;
  seek(seconds: number): void;
  seekBehind(seconds: number): void;
  setVolume(volume: number): void;
  toggleMuted(): void;
  choose(choices: Partial<PlayerChoices>): void;
  chooseQuality(id: number | null): void;
  /** Told about twice a second how the video stands. */
  observe(sample: Observed): void;
}

export interface PlayerStart {
  readonly title: string;
  /** Another object is another picture. */
  readonly source: ReadonlySignal<PlayerSource | null>;
  /** The room says that pictures arrive; a player that hears nothing of it believes so. */
  readonly isReceiving?: ReadonlySignal<boolean>;
  readonly said?: ReadonlySignal<readonly LiveCaption[]>;
  readonly choices: PlayerChoices;
  /** Of a replay, in seconds. */
  readonly duration?: number;
  readonly startAt?: number;
}

const behindAfterSeconds = 3;
const reportEveryMs = 10_000;
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** The state of one player. Knows no browser: what happens to the video is told to it. */
export function createPlayer({ source, ...start }: PlayerStart, outside: PlayerSurroundings): PlayerStore {
  const isReceiving = start.isReceiving ?? signal(true);
  const phase = signal<Phase>('waiting');
  const position = signal<Position>({
    time: start.startAt ?? 0,
    duration: start.duration ?? null,
    behind: null,
    window: 0,
  });
  const choices = signal(start.choices);
  const isSoundRefused = signal(false);
  const quality = signal<number | null>(null);
  const isFollowing = signal(true);
  const device = signal<PlayerDevice | null>(null);
  const isLive = computed(() => source.value?.isLive ?? false);
  let watchdog = createWatchdog();
  let watched = source.peek();
  let stalls = 0;
  let reportedAt: number | null = null;

  function choose(changes: Partial<PlayerChoices>) {
    choices.value = { ...choices.value, ...changes };
    outside.remember(choices.value);
    device.peek()?.setSound(choices.value.volume, choices.value.isMuted);
    if (!isLive.peek()) device.peek()?.setRate(choices.value.rate);
  }
  function seekBehind(seconds: number) {
    const back = clamp(seconds, 0, position.peek().window);
    isFollowing.value = back === 0;
    device.peek()?.seekBehind(back);
  }
  function seek(seconds: number) {
    const to = clamp(seconds, 0, position.peek().duration ?? Number.MAX_SAFE_INTEGER);
    position.value = { ...position.peek(), time: to };
    device.peek()?.seek(to);
  }
  function report({ now, isPaused, latency, programmeAt }: Observed) {
    reportedAt ??= now;
    if (now - reportedAt < reportEveryMs) return;
    reportedAt = now;
    const behind = programmeAt === null ? (latency ?? 0) * 1_000 : now - programmeAt;
    const isAtEdge = isFollowing.peek() && !isPaused && latency !== null;
    const latencyMs = isAtEdge ? Math.max(0, Math.round(behind)) : null;
    if (!isPaused || stalls > 0) outside.report({ stalls, latencyMs });
    stalls = 0;
  }

  return {
    title: start.title,
    duration: start.duration ?? null,
    isLive,
    source,
    isReceiving,
    phase,
    state: computed(() => {
      const now = phase.value;
      if ((now === 'stalled' || now === 'connecting') && isLive.value && !isReceiving.value) return 'away';
      if (now !== 'playing' || !isLive.value || isFollowing.value) return now;
      return (position.value.behind ?? 0) > behindAfterSeconds ? 'behind' : now;
    }),
    position,
    choices,
    isSoundRefused,
    qualities: signal<readonly Quality[]>([]),
    quality,
    shownQuality: signal<number | null>(null),
    hasCaptions: signal(false),
    captionLines: signal<readonly string[]>([]),
    said: start.said ?? signal<readonly LiveCaption[]>([]),
    isFullScreen: signal(false),
    abilities: signal({ fullScreen: false, pictureInPicture: false }),
    isFollowing,
    device,
    outside,
    toggle() {
      const isStill = phase.peek() === 'paused' || phase.peek() === 'ended' || phase.peek() === 'waiting';
      if (isStill) return device.peek()?.play();
      // Whoever stops a live picture goes on from there.
      isFollowing.value = false;
      device.peek()?.pause();
    },
    goLive() {
      seekBehind(0);
      device.peek()?.play();
    },
    step(seconds) {
      if (isLive.peek()) seekBehind((position.peek().behind ?? 0) - seconds);
      else seek(position.peek().time + seconds);
    },
    seek,
    seekBehind,
    setVolume(volume) {
      isSoundRefused.value = false;
      choose({ volume: clamp(volume, 0, 1), isMuted: volume <= 0 });
    },
    toggleMuted() {
      const { isMuted, volume } = choices.peek();
      const isSilent = isMuted || isSoundRefused.peek();
      isSoundRefused.value = false;
      choose({ isMuted: !isSilent, volume: isSilent && volume === 0 ? 0.5 : volume });
    },
    choose,
    chooseQuality(id) {
      quality.value = id;
      device.peek()?.setQuality(id);
    },
    observe(sample) {
      if (source.peek() !== watched) {
        watched = source.peek();
        watchdog = createWatchdog();
      }
      const notice = watchdog({ ...sample, isFollowing: isFollowing.peek() && isLive.peek() });
      const mayMove = !sample.isPaused && !sample.hasEnded && phase.peek() !== 'no-right';
      // What has not begun yet does not stop.
      if (notice === 'stalled' && phase.peek() === 'playing') {
        stalls += 1;
        phase.value = 'stalled';
      } else if (notice === 'moving' && mayMove) {
        phase.value = 'playing';
      } else if (notice === 'jump-to-live') device.peek()?.seekBehind(0);
      else if (notice === 'reopen' && isReceiving.peek() && phase.peek() !== 'no-right')
        device.peek()?.reopen();
      report(sample);
    },
  };
}
