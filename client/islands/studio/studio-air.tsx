import { airWords } from './studio-words.ts';
import type { Air, Studio, StudioStart } from './studio.store.ts';

export const isOffAir = (air: Air) => air.kind === 'off' || air.kind === 'failed';

interface StudioAirProps {
  studio: Studio;
  start: StudioStart;
  /** Guests of the backstage room are in the picture. */
  hasGuests: boolean;
}

/** The picture as viewers get it, and the one button. */
export function StudioAir({ studio, start, hasGuests }: StudioAirProps) {
  const air = studio.air.value;
  const isOff = isOffAir(air);
  const hasSource =
    hasGuests || [studio.camera, studio.microphone, studio.screen].some(({ value }) => value === 'on');
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

/** In the room a guest's picture goes to the host. */
export function StudioOwnPicture() {
  return (
    <section class="studio-air" aria-labelledby="studio-air-title">
      <h2 id="studio-air-title">Your picture</h2>
      <div class="studio-frame">
        <video class="studio-preview" muted playsInline aria-label="What the host gets from you" />
      </div>
      <p>The host puts you on air. To go on air alone, leave the backstage room first.</p>
    </section>
  );
}
