import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { captionSizes, type CaptionSize } from './player-source.ts';
import type { PlayerStore } from './player.store.ts';

const rates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const sizeNames: Readonly<Record<CaptionSize, string>> = {
  small: 'Small',
  medium: 'Medium',
  large: 'Large',
  huge: 'Very large',
};

export function PlayerSettings({ player }: { player: PlayerStore }) {
  const qualities = player.qualities.value;
  const shown = qualities.find(({ id }) => id === player.shownQuality.value);
  const { rate, captionSize } = player.choices.value;
  return (
    <div class="player-settings">
      {qualities.length > 1 && (
        <Choice
          name="Quality"
          value={String(player.quality.value ?? 'auto')}
          choose={(value) => player.chooseQuality(value === 'auto' ? null : Number(value))}
        >
          <option value="auto">{shown ? `Automatic (${shown.label})` : 'Automatic'}</option>
          {qualities.map(({ id, label }) => (
            <option key={id} value={String(id)}>
              {label}
            </option>
          ))}
        </Choice>
      )}
      {!player.isLive.value && (
        <Choice name="Speed" value={String(rate)} choose={(value) => player.choose({ rate: Number(value) })}>
          {rates.map((one) => (
            <option key={one} value={String(one)}>
              {one === 1 ? 'Normal' : `${one} times`}
            </option>
          ))}
        </Choice>
      )}
      <Choice
        name="Size of captions"
        value={captionSize}
        choose={(value) => player.choose({ captionSize: value as CaptionSize })}
      >
        {captionSizes.map((size) => (
          <option key={size} value={size}>
            {sizeNames[size]}
          </option>
        ))}
      </Choice>
      <p class="player-keys">
        Keys: space or K to play and stop, left and right arrow for 10 seconds, up and down for the volume, M
        for sound, C for captions, F for full screen{player.isLive.value && ', L for live'}.
      </p>
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly value: string;
  readonly children: ComponentChildren;
  readonly choose: (value: string) => void;
}

function Choice({ name, value, children, choose }: ChoiceProps) {
  const id = useId();
  return (
    <p>
      <label for={id}>{name}</label>
      <select id={id} value={value} onChange={(change) => choose(change.currentTarget.value)}>
        {children}
      </select>
    </p>
  );
}
