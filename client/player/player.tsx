import { useCallback } from 'preact/hooks';
import { PlayerControls } from './player-controls.tsx';
import { PlayerIcon } from './player-icon.tsx';
import type { PlayerStore } from './player.store.ts';
import { stateInWords } from './player-words.ts';

interface PlayerProps {
  readonly player: PlayerStore;
  /** The script runs: its own controls replace the browser's. */
  readonly isRunning: boolean;
  /** What a browser without script may play by itself; null: nothing. */
  readonly plainSource: string | null;
  readonly poster?: string | null;
  readonly captions?: { readonly path: string; readonly lang: string } | null;
}

/** The video, what is written over it, and the controls under it. */
export function Player({ player, isRunning, plainSource, poster, captions }: PlayerProps) {
  const hold = useCallback(
    (video: HTMLVideoElement | null) => {
      if (video) return player.outside.open(video, player);
    },
    [player],
  );
  return (
    <div
      class="player"
      role="group"
      aria-label={`Player: ${player.title}`}
      tabIndex={-1}
      data-captions={player.choices.value.captionSize}
    >
      <div class="player-picture">
        {/* eslint-disable-next-line jsx-a11y/media-has-caption -- live captions come as cues, where somebody writes them */}
        <video
          ref={isRunning ? hold : null}
          playsInline
          preload="none"
          tabIndex={isRunning ? -1 : undefined}
          aria-label={player.title}
          controls={!isRunning}
          src={isRunning ? undefined : (plainSource ?? undefined)}
          poster={poster ?? undefined}
        >
          {captions && <track kind="captions" src={captions.path} srcLang={captions.lang} label="Captions" />}
        </video>
        {isRunning && <CaptionLines player={player} />}
        {isRunning && <Message player={player} />}
      </div>
      {isRunning ? (
        <PlayerControls player={player} />
      ) : (
        plainSource !== null && (
          <p class="player-plain">
            Without script the picture plays only where the browser can by itself, as Safari and Chrome do.
          </p>
        )
      )}
    </div>
  );
}

/** For the eye: the same lines stand in the transcript, where a screen reader reads them at its own pace. */
function CaptionLines({ player }: { player: PlayerStore }) {
  const lines = player.captionLines.value;
  if (!player.choices.value.areCaptionsOn || lines.length === 0) return null;
  return (
    <p class="player-captions" aria-hidden="true">
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </p>
  );
}

function Message({ player }: { player: PlayerStore }) {
  const state = player.state.value;
  const words = stateInWords(state, player.isLive.value);
  const offersPlay = state === 'waiting' || state === 'paused';
  return (
    <>
      <p class={words ? 'player-message' : 'vh'} role="status">
        {words}
      </p>
      {(offersPlay || player.isSoundRefused.value) && (
        <div class="player-offer">
          {offersPlay ? (
            <button type="button" onClick={() => player.toggle()}>
              <PlayerIcon name="play" /> Play
            </button>
          ) : (
            <button type="button" onClick={() => player.toggleMuted()}>
              <PlayerIcon name="sound" /> Sound on
            </button>
          )}
        </div>
      )}
    </>
  );
}
