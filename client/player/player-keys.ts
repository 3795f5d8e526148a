import type { PlayerStore } from './player.store.ts';

const stepSeconds = 10;

/** What a key is for; the browser's part hands over only keys that were pressed inside the player. */
export function pressKey(player: PlayerStore, key: string): boolean {
  const { volume } = player.choices.peek();
  const acts: Readonly<Record<string, () => void>> = {
    ' ': () => player.toggle(),
    k: () => player.toggle(),
    m: () => player.toggleMuted(),
    f: () => player.device.peek()?.toggleFullScreen(),
    c: () => player.choose({ areCaptionsOn: !player.choices.peek().areCaptionsOn }),
    l: () => player.isLive.peek() && player.goLive(),
    ArrowLeft: () => player.step(-stepSeconds),
    ArrowRight: () => player.step(stepSeconds),
    ArrowUp: () => player.setVolume(volume + 0.1),
    ArrowDown: () => player.setVolume(volume - 0.1),
  };
  const act = acts[key.length === 1 ? key.toLowerCase() : key];
  act?.();
  return act !== undefined;
}

interface PressedOn {
  readonly tag: string;
  readonly type: string | null;
}

/** Keys that the element under the focus needs for itself: arrows of a slider, the space bar of a button. */
export function keepsKey({ tag, type }: PressedOn, key: string): boolean {
  if (tag === 'SELECT' || tag === 'TEXTAREA') return true;
  if (tag === 'INPUT') return type === 'range' ? key.startsWith('Arrow') : true;
  return key === ' ' && (tag === 'BUTTON' || tag === 'A' || tag === 'SUMMARY');
}
