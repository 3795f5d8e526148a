import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { PlayerIcon, type PlayerIconName } from './player-icon.tsx';
import { PlayerScrubber } from './player-scrubber.tsx';
import { PlayerSettings } from './player-settings.tsx';
import type { PlayerStore } from './player.store.ts';
import { behindInWords } from './player-words.ts';

/** Every control has words for its name, a target of 44 px, and a key of its own (`player-keys.ts`). */
export function PlayerControls({ player }: { player: PlayerStore }) {
  const isOpen = useSignal(false);
  const settingsId = useId();
  const opener = useRef<HTMLButtonElement>(null);
  function closeOnEscape(press: KeyboardEvent) {
    if (press.key !== 'Escape' || !isOpen.peek()) return;
    isOpen.value = false;
    // What had the focus may be gone with the settings.
    opener.current?.focus();
  }
  const { fullScreen, pictureInPicture } = player.abilities.value;
  const phase = player.phase.value;
  const isStill = phase === 'waiting' || phase === 'paused' || phase === 'ended';
  const { areCaptionsOn } = player.choices.value;
  const isFull = player.isFullScreen.value;
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- hears the keys of the controls in it
    <div class="player-bar" onKeyDown={closeOnEscape}>
      <PlayerScrubber player={player} />
      <div class="player-buttons">
        <PlayerButton
          icon={isStill ? 'play' : 'pause'}
          name={isStill ? 'Play' : 'Pause'}
          press={() => player.toggle()}
        />
        <PlayerButton icon="back" name="Back 10 seconds" press={() => player.step(-10)} />
        {!player.isLive.value && (
          <PlayerButton icon="on" name="On 10 seconds" press={() => player.step(10)} />
        )}
        {player.isLive.value && <LiveEdge player={player} />}
        <span class="player-gap" />
        <Sound player={player} />
        {player.hasCaptions.value && (
          <PlayerButton
            icon="captions"
            name="Captions"
            isPressed={areCaptionsOn}
            press={() => player.choose({ areCaptionsOn: !areCaptionsOn })}
          />
        )}
        <button
          ref={opener}
          type="button"
          class="player-button"
          aria-label="Settings"
          title="Settings"
          aria-expanded={isOpen.value}
          aria-controls={settingsId}
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          <PlayerIcon name="settings" />
        </button>
        {pictureInPicture && (
          <PlayerButton
            icon="pictureInPicture"
            name="Picture in picture"
            press={() => player.device.peek()?.togglePictureInPicture()}
          />
        )}
        {fullScreen && (
          <PlayerButton
            icon={isFull ? 'smallScreen' : 'fullScreen'}
            name={isFull ? 'Leave full screen' : 'Full screen'}
            press={() => player.device.peek()?.toggleFullScreen()}
          />
        )}
      </div>
      <div id={settingsId} hidden={!isOpen.value}>
        {isOpen.value && <PlayerSettings player={player} />}
      </div>
    </div>
  );
}

interface ButtonProps {
  readonly icon: PlayerIconName;
  readonly name: string;
  readonly isPressed?: boolean;
  readonly press: () => void;
}

function PlayerButton({ icon, name, isPressed, press }: ButtonProps) {
  return (
    <button
      type="button"
      class="player-button"
      aria-label={name}
      title={name}
      aria-pressed={isPressed}
      onClick={press}
    >
      <PlayerIcon name={icon} />
    </button>
  );
}

function LiveEdge({ player }: { player: PlayerStore }) {
  const isFollowing = player.isFollowing.value;
  const words = behindInWords(player.position.value.behind, isFollowing);
  const isLive = words === 'Live';
  return (
    <button
      type="button"
      class={isLive ? 'player-edge is-live' : 'player-edge'}
      onClick={() => player.goLive()}
      aria-label={isLive ? 'Live' : `${words}. Go to live`}
    >
      <span class="live-dot" /> {words}
    </button>
  );
}

function Sound({ player }: { player: PlayerStore }) {
  const { isMuted, volume } = player.choices.value;
  const isSilent = isMuted || volume === 0 || player.isSoundRefused.value;
  return (
    <span class="player-sound">
      <PlayerButton
        icon={isSilent ? 'silent' : 'sound'}
        name={isSilent ? 'Sound on' : 'Sound off'}
        press={() => player.toggleMuted()}
      />
      <input
        type="range"
        aria-label="Volume"
        min={0}
        max={100}
        step={5}
        value={isSilent ? 0 : Math.round(volume * 100)}
        aria-valuetext={isSilent ? 'Silent' : `${Math.round(volume * 100)} per cent`}
        onInput={(input) => player.setVolume(Number(input.currentTarget.value) / 100)}
      />
    </span>
  );
}
