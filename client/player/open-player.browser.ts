import { effect } from '@preact/signals';
import { followCaptions } from './caption-track.browser.ts';
import type { Engine, Trouble } from './engine.ts';
import { openHls } from './hls-engine.browser.ts';
import { openNative } from './native-engine.browser.ts';
import { followShell } from './player-shell.browser.ts';
import type { PlayerSource } from './player-source.ts';
import type { PlayerStore } from './player.store.ts';
import { backOff } from './watchdog.ts';

const tickMs = 500;
/** Half an hour is what is kept of a live picture. */
const mostWindowSeconds = 1_800;
const calmMs = 10_000;

/** Takes a video over: opens what the store wants to see, tells it how that goes, and mends what breaks. */
export function openPlayer(video: HTMLVideoElement, player: PlayerStore): () => void {
  let engine: Engine | null = null;
  let openings = 0;
  let attempts = 0;
  let troubledAt = 0;
  let wantsPlay = false;
  let wantsWindow = false;
  let behindAtStart: number | null = null;
  let lastTime = video.currentTime;

  async function open(source: PlayerSource, startAt: number | null = null) {
    const mine = (openings += 1);
    const isOld = () => mine !== openings;
    engine?.close();
    engine = null;
    player.phase.value = 'connecting';
    const path = source.watch ? await source.watch.get() : '';
    if (isOld()) return;
    if (path === null) return void (player.phase.value = 'no-right');
    const ask = {
      address: path + source.file,
      isLive: source.isLive,
      wantsWindow,
      startAt,
      rewrite: (address: string) => source.watch?.rewrite(address) ?? address,
    };
    const heard = {
      qualities: (names: PlayerStore['qualities']['value']) => void (player.qualities.value = names),
      shown: (id: number) => void (player.shownQuality.value = id),
      trouble: (trouble: Trouble) => isOld() || void mend(source, trouble),
    };
    const opened = source.isHls ? await openHls(video, ask, heard).catch(() => null) : null;
    if (isOld()) return opened?.close();
    const canByItself = !source.isHls || video.canPlayType('application/vnd.apple.mpegurl') !== '';
    if (!opened && !canByItself) return void (player.phase.value = 'unsupported');
    engine = opened ?? openNative(video, ask, heard);
    engine.setQuality(player.quality.peek());
    if (source.isLive || wantsPlay) await play();
    else player.phase.value = 'waiting';
  }

  function reopen() {
    const source = player.source.peek();
    if (!source) return;
    if (source.isLive && !player.isFollowing.peek()) behindAtStart ??= player.position.peek().behind;
    void open(source, source.isLive ? null : video.currentTime);
  }

  /** Never gives up: only the server can say that there is no right any more. */
  async function mend(source: PlayerSource, trouble: Trouble) {
    const broken = engine;
    if (player.outside.now() - troubledAt > calmMs) attempts = 0;
    troubledAt = player.outside.now();
    attempts += 1;
    const ask = () => player.outside.later(() => broken === engine && broken?.resume(), wait());
    const wait = () => backOff(attempts, Math.random());
    if (trouble.kind === 'refused' && source.watch) {
      const answer = await source.watch.refused(trouble.address);
      if (broken !== engine) return;
      if (answer === 'renewed') return broken?.resume();
      if (answer === 'unreachable') return ask();
      openings += 1;
      engine?.close();
      engine = null;
      player.phase.value = 'no-right';
    } else if (trouble.kind === 'changed') {
      // Who is behind has fetched it long before it is seen, and would come by it again and again.
      if (source.isLive && source.watch && player.isFollowing.peek()) reopen();
    } else if (trouble.kind === 'media') {
      if (attempts > 2) player.outside.later(() => broken === engine && reopen(), wait());
      else {
        broken?.recover();
        await play();
      }
    } else ask();
  }

  async function play() {
    wantsPlay = true;
    try {
      await video.play();
    } catch (refusal) {
      if (!(refusal instanceof DOMException) || refusal.name !== 'NotAllowedError' || !wantsPlay) return;
      if (video.muted) {
        wantsPlay = false;
        player.phase.value = 'paused';
        return;
      }
      player.isSoundRefused.value = true;
      video.muted = true;
      await play();
    }
  }

  function seekBehind(seconds: number) {
    const live = engine?.livePosition() ?? null;
    const latency = engine?.latency() ?? null;
    if (live === null || latency === null) return;
    const to = seconds === 0 ? live : video.currentTime + latency - seconds;
    const first = engine?.first() ?? 0;
    if (to >= first || wantsWindow) return void (video.currentTime = Math.max(first, to));
    // What is fetched at the edge holds a few seconds: open the long list, and go back in it.
    wantsWindow = true;
    behindAtStart = seconds;
    reopen();
  }

  function tick() {
    const source = player.source.peek();
    const latency = engine?.latency() ?? null;
    const time = video.currentTime;
    const offset = engine?.offset() ?? null;
    if (offset !== null) captions.settle(offset);
    if (behindAtStart !== null && latency !== null && video.readyState >= video.HAVE_CURRENT_DATA) {
      const behind = behindAtStart;
      behindAtStart = null;
      seekBehind(behind);
    }
    if (lastTime !== time || latency !== null) {
      const kept = Math.max(0, (latency ?? 0) + time - (engine?.first() ?? time));
      const sinceStart = source?.startedAt ? (player.outside.now() - source.startedAt) / 1_000 : kept;
      const window = wantsWindow ? kept : Math.max(kept, Math.min(mostWindowSeconds, sinceStart));
      player.position.value = {
        time: Math.max(0, time - (offset ?? 0)),
        duration:
          player.duration ??
          (Number.isFinite(video.duration) ? video.duration : player.position.peek().duration),
        behind: latency,
        window: latency === null ? 0 : window,
      };
      lastTime = time;
    }
    player.observe({
      now: player.outside.now(),
      time,
      isPaused: !wantsPlay,
      hasEnded: video.ended,
      latency,
      target: engine?.target() ?? null,
      programmeAt: engine?.programmeAt() ?? null,
    });
  }

  const listeners: Partial<Record<keyof HTMLMediaElementEventMap, () => void>> = {
    playing: () => void (player.phase.value = 'playing'),
    ended: () => void (player.phase.value = 'ended'),
    timeupdate: tick,
    pause() {
      if (video.ended || !engine) return;
      // Also a key of the keyboard, or headphones that were pulled out.
      wantsPlay = false;
      player.isFollowing.value = false;
      player.phase.value = 'paused';
    },
  };
  for (const [name, listener] of Object.entries(listeners)) video.addEventListener(name, listener);
  const clock = setInterval(tick, tickMs);

  player.device.value = {
    play: () => void play(),
    pause: () => video.pause(),
    seek: (seconds) => void (video.currentTime = seconds + (engine?.offset() ?? 0)),
    seekBehind,
    setQuality: (id) => engine?.setQuality(id),
    setSound(volume, isMuted) {
      video.volume = volume;
      video.muted = isMuted || player.isSoundRefused.peek();
    },
    setRate: (rate) => void (video.playbackRate = rate),
    ...followShell(video, player),
    reopen,
  };
  player.choose({});
  const captions = followCaptions(video, player, () => {
    const at = engine?.programmeAt() ?? null;
    return at === null ? null : at - video.currentTime * 1_000;
  });
  const stopSource = effect(() => {
    const source = player.source.value;
    wantsWindow = false;
    behindAtStart = null;
    queueMicrotask(() => source === player.source.peek() && source && void open(source, startOf(source)));
  });
  const startOf = (source: PlayerSource) => (source.isLive ? null : player.position.peek().time || null);

  return () => {
    stopSource();
    captions.stop();
    clearInterval(clock);
    openings += 1;
    engine?.close();
    engine = null;
    for (const [name, listener] of Object.entries(listeners)) video.removeEventListener(name, listener);
    player.device.value?.leave();
    player.device.value = null;
  };
}
