import { StudioDevice } from './studio-device.tsx';
import { airWords, deviceWords, layoutWords } from './studio-words.ts';
import type { Studio, StudioStart } from './studio.store.ts';
import type { Layout } from './programme-layout.ts';

export interface StudioProps {
  studio: Studio;
  start: StudioStart;
}

const layouts = Object.keys(layoutWords) as Layout[];

/** Everything a browser can put on air: the picture as viewers get it, what it is made of, and the one button. */
export function StudioView({ studio, start }: StudioProps) {
  if (!studio.isReady.value)
    return (
      <p class="notice">
        The studio needs JavaScript.
        {start.encoderPath && (
          <>
            {' '}
            Without it, go on air with OBS or another program:{' '}
            <a href={start.encoderPath}>how to set it up</a>.
          </>
        )}
      </p>
    );
  return (
    <div class="studio">
      <StudioAir studio={studio} start={start} />
      <div class="studio-controls">
        <StudioDevice studio={studio} name="camera" title="Camera" />
        <StudioDevice studio={studio} name="microphone" title="Microphone" />
        <StudioScreen studio={studio} />
        <StudioLayout studio={studio} />
        <StudioBanner studio={studio} />
      </div>
    </div>
  );
}

function StudioAir({ studio, start }: StudioProps) {
  const air = studio.air.value;
  const isOff = air.kind === 'off' || air.kind === 'failed';
  const hasSource = [studio.camera, studio.microphone, studio.screen].some(({ value }) => value === 'on');
  return (
    <section class="studio-air" aria-labelledby="studio-air-title">
      <h2 id="studio-air-title">The picture</h2>
      <div class="studio-frame">
        <video class="studio-preview" muted playsInline aria-label="What viewers of the studio see" />
        <p class={air.kind === 'on' ? 'tag live' : 'tag'}>{air.kind === 'on' ? 'On air' : 'Not on air'}</p>
      </div>
      <div class="studio-go">
        {isOff ? (
          <button
            class="button big"
            type="button"
            aria-disabled={!hasSource}
            aria-describedby={hasSource ? undefined : 'studio-need'}
            onClick={() => hasSource && void studio.goOnAir()}
          >
            Go on air
          </button>
        ) : (
          <button class="button big danger" type="button" onClick={() => studio.goOffAir()}>
            Go off air
          </button>
        )}
        {!hasSource && <p id="studio-need">Turn on a camera, a microphone or a screen first.</p>}
      </div>
      <p role="status" class={air.kind === 'failed' ? 'studio-state is-bad' : 'studio-state'}>
        {airWords(air)}
      </p>
      {start.hint && <p class="small muted">{start.hint}</p>}
    </section>
  );
}

function StudioScreen({ studio }: Pick<StudioProps, 'studio'>) {
  const state = studio.screen.value;
  return (
    <section class="studio-part" aria-labelledby="studio-screen-title">
      <h2 id="studio-screen-title">Screen</h2>
      <button class="button line" type="button" onClick={() => void studio.toggle('screen')}>
        {state === 'on' ? 'Stop sharing' : 'Share a screen or window'}
      </button>
      <p role="status">{deviceWords('screen', state)}</p>
    </section>
  );
}

function StudioLayout({ studio }: Pick<StudioProps, 'studio'>) {
  return (
    <fieldset class="studio-part">
      <legend>Layout</legend>
      {layouts.map((layout) => (
        <label key={layout} class="studio-choice">
          <input
            type="radio"
            name="layout"
            value={layout}
            checked={studio.layout.value === layout}
            onChange={() => studio.arrange(layout)}
          />
          {layoutWords[layout]}
        </label>
      ))}
    </fieldset>
  );
}

function StudioBanner({ studio }: Pick<StudioProps, 'studio'>) {
  const { name, note, isShown } = studio.banner.value;
  return (
    <fieldset class="studio-part">
      <legend>Name in the picture</legend>
      <label class="studio-choice">
        <input type="checkbox" checked={isShown} onChange={() => studio.write({ isShown: !isShown })} />
        Show it
      </label>
      <div class="field">
        <label for="studio-name">Name</label>
        <input
          id="studio-name"
          value={name}
          maxLength={60}
          onInput={({ currentTarget }) => studio.write({ name: currentTarget.value })}
        />
      </div>
      <div class="field">
        <label for="studio-note">Second line</label>
        <input
          id="studio-note"
          value={note}
          maxLength={80}
          onInput={({ currentTarget }) => studio.write({ note: currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}
