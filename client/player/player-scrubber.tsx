import { useSignal } from '@preact/signals';
import type { PlayerStore } from './player.store.ts';
import { behindInWords, clockTime, spokenTime } from './player-words.ts';

/** Less than this of a live picture is not worth going back in. */
const leastWindowSeconds = 15;

/** Through a replay, or back in a live picture as far as it is kept. */
export function PlayerScrubber({ player }: { player: PlayerStore }) {
  return player.isLive.value ? <LiveScrubber player={player} /> : <ReplayScrubber player={player} />;
}

function LiveScrubber({ player }: { player: PlayerStore }) {
  // While a hand is on it, the slider stands where the hand is.
  const held = useSignal<number | null>(null);
  const { behind, window } = player.position.value;
  if (window < leastWindowSeconds) return null;
  const isFollowing = player.isFollowing.value && held.value === null;
  const back = isFollowing ? 0 : Math.min(window, held.value ?? behind ?? 0);
  return (
    <p class="player-scrubber">
      <input
        type="range"
        aria-label="Go back"
        min={-Math.floor(window)}
        max={0}
        step={1}
        value={-Math.round(back)}
        aria-valuetext={behindInWords(back, isFollowing)}
        onInput={(input) => (held.value = -Number(input.currentTarget.value))}
        onChange={(input) => {
          player.seekBehind(-Number(input.currentTarget.value));
          held.value = null;
        }}
      />
    </p>
  );
}

function ReplayScrubber({ player }: { player: PlayerStore }) {
  const { time, duration } = player.position.value;
  const length = duration ?? 0;
  return (
    <p class="player-scrubber">
      <input
        type="range"
        aria-label="Place in the replay"
        min={0}
        max={Math.max(1, Math.floor(length))}
        step={1}
        value={Math.floor(time)}
        aria-valuetext={`${spokenTime(time)} of ${spokenTime(length)}`}
        onInput={(input) => player.seek(Number(input.currentTarget.value))}
      />
      <span class="player-time">
        {clockTime(time)} / {clockTime(length)}
      </span>
    </p>
  );
}
