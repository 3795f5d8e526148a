import { deviceWords } from './studio-words.ts';
import type { Studio } from './studio.store.ts';

interface StudioDeviceProps {
  studio: Studio;
  name: 'camera' | 'microphone';
  title: string;
}

/** One device: on or off, which one, and whether viewers get it. */
export function StudioDevice({ studio, name, title }: StudioDeviceProps) {
  const state = studio[name].value;
  const choices = name === 'camera' ? studio.devices.value.cameras : studio.devices.value.microphones;
  const isOn = state === 'on';
  const titleId = `studio-${name}-title`;
  return (
    <section class="studio-part" aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      <p class="studio-buttons">
        <button class="button line" type="button" onClick={() => void studio.toggle(name)}>
          {isOn ? `Turn the ${name} off` : `Turn the ${name} on`}
        </button>
        {isOn && name === 'camera' && (
          <button
            class="button line"
            type="button"
            aria-pressed={studio.isHidden.value}
            onClick={() => studio.hide(!studio.isHidden.value)}
          >
            Hide me
          </button>
        )}
        {isOn && name === 'microphone' && (
          <button
            class="button line"
            type="button"
            aria-pressed={studio.isMuted.value}
            onClick={() => studio.mute(!studio.isMuted.value)}
          >
            Mute me
          </button>
        )}
      </p>
      {choices.length > 1 && (
        <div class="field">
          <label for={`studio-${name}`}>Which {name}</label>
          <select
            id={`studio-${name}`}
            value={studio.chosen.value[name] ?? choices[0]?.id}
            onChange={({ currentTarget }) => void studio.choose(name, currentTarget.value)}
          >
            {choices.map((choice) => (
              <option key={choice.id} value={choice.id}>
                {choice.name}
              </option>
            ))}
          </select>
        </div>
      )}
      {isOn && name === 'microphone' && (
        <div class="field">
          <label for="studio-level">How loud you are</label>
          <meter
            id="studio-level"
            min={0}
            max={1}
            low={0.25}
            high={0.92}
            optimum={0.6}
            value={studio.level.value}
          />
        </div>
      )}
      <p role="status">{deviceWords(name, state)}</p>
    </section>
  );
}
