import type { PlayerState } from './player.store.ts';

/** What stands over the picture when it does not play; null: the picture says it. */
export function stateInWords(state: PlayerState, isLive: boolean): string | null {
  switch (state) {
    case 'connecting':
      return 'Connecting to the picture.';
    case 'stalled':
      return 'The picture stopped. Trying again.';
    case 'away':
      return 'The stage lost its picture. It comes back by itself.';
    case 'ended':
      return isLive ? 'The picture has ended.' : 'The end.';
    case 'no-right':
      return 'You cannot watch this any more. Load the page again, or sign in again.';
    case 'unsupported':
      return 'This browser cannot play the picture. Please try a newer one.';
    case 'waiting':
    case 'playing':
    case 'paused':
    case 'behind':
      return null;
  }
}

/** "Live", "12 seconds behind", "3 minutes behind" */
export function behindInWords(behind: number | null, isFollowing: boolean): string {
  const seconds = Math.round(behind ?? 0);
  if (isFollowing || seconds <= 3) return 'Live';
  if (seconds < 90) return `${seconds} seconds behind`;
  return `${Math.round(seconds / 60)} minutes behind`;
}

/** "4:10", "1:04:10" */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** "1 hour 4 minutes 10 seconds", for who hears it. */
export function spokenTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor((whole % 3600) / 60), 'minute'],
    [whole % 60, 'second'],
  ];
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}${count === 1 ? '' : 's'}`);
  return said.join(' ') || '0 seconds';
}
