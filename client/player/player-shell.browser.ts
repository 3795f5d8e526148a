import type { PlayerDevice } from './player-source.ts';
import type { PlayerStore } from './player.store.ts';
import { keepsKey, pressKey } from './player-keys.ts';

/** An iPhone's way to full screen: the video alone. */
interface PhoneVideo extends HTMLVideoElement {
  webkitEnterFullscreen?(): void;
}
const idleAfterMs = 3_000;

/** What surrounds the video: its keys, full screen, picture in picture, and a bar that steps aside. */
export function followShell(
  video: PhoneVideo,
  player: PlayerStore,
): Pick<PlayerDevice, 'toggleFullScreen' | 'togglePictureInPicture' | 'leave'> {
  const shell = video.closest<HTMLElement>('.player') ?? document.createElement('div');
  const ends = new AbortController();
  const { signal } = ends;
  shell.addEventListener(
    'keydown',
    (press) => {
      if (press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey) return;
      const on = press.target as HTMLElement;
      if (keepsKey({ tag: on.tagName, type: on.getAttribute('type') }, press.key)) return;
      if (pressKey(player, press.key)) press.preventDefault();
    },
    { signal },
  );
  video.addEventListener(
    'click',
    () => {
      shell.focus({ preventScroll: true });
      player.toggle();
    },
    { signal },
  );
  let idle: ReturnType<typeof setTimeout> | undefined;
  const wake = () => {
    delete shell.dataset.idle;
    clearTimeout(idle);
    idle = setTimeout(() => (shell.dataset.idle = ''), idleAfterMs);
  };
  for (const name of ['pointermove', 'pointerdown', 'keydown'])
    shell.addEventListener(name, wake, { signal });
  document.addEventListener(
    'fullscreenchange',
    () => void (player.isFullScreen.value = document.fullscreenElement === shell),
    { signal },
  );
  player.abilities.value = {
    fullScreen: document.fullscreenEnabled || video.webkitEnterFullscreen !== undefined,
    pictureInPicture: document.pictureInPictureEnabled,
  };
  // Both are refused where a person may not (a frame without the right, a video without data): then nothing happens.
  const refused = () => undefined;
  return {
    toggleFullScreen() {
      if (document.fullscreenElement === shell) document.exitFullscreen().catch(refused);
      else if (document.fullscreenEnabled) shell.requestFullscreen().catch(refused);
      else video.webkitEnterFullscreen?.();
    },
    togglePictureInPicture() {
      if (document.pictureInPictureElement === video) document.exitPictureInPicture().catch(refused);
      else video.requestPictureInPicture().catch(refused);
    },
    leave() {
      clearTimeout(idle);
      ends.abort();
    },
  };
}
