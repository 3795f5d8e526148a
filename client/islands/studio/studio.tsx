import { isOffAir, StudioAir, StudioOwnPicture } from './studio-air.tsx';
import { StudioDevice } from './studio-device.tsx';
import type { Backstage } from './studio-backstage.store.ts';
import { StudioGuests } from './studio-guests.tsx';
import { StudioJoin } from './studio-join.tsx';
import { StudioLayout } from './studio-layout.tsx';
import { deviceWords } from './studio-words.ts';
import type { Studio, StudioStart } from './studio.store.ts';

export interface StudioProps {
  studio: Studio;
  backstage: Backstage;
  start: StudioStart;
}

/** Everything a browser can put on air: the picture as viewers get it, what it is made of, and the one button. */
export function StudioView({ studio, backstage, start }: StudioProps) {
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
  const { room, as } = backstage;
  const isInRoom = as.role === 'guest' && room.isWithin.value;
  const cast = as.role === 'host' && room.isWithin.value ? as.cast : null;
  return (
    <div class="studio">
      <div class="studio-main">
        {!isInRoom && (
          <StudioAir studio={studio} start={start} hasGuests={(cast?.onAir.value.length ?? 0) > 0} />
        )}
        {as.role === 'host' ? (
          <StudioGuests backstage={backstage} cast={as.cast} />
        ) : (
          <StudioJoin backstage={backstage} line={as.line} isOnAirAlone={!isOffAir(studio.air.value)} />
        )}
        {isInRoom && <StudioOwnPicture />}
      </div>
      <div class="studio-controls">
        <StudioDevice studio={studio} name="camera" title="Camera" />
        <StudioDevice studio={studio} name="microphone" title="Microphone" />
        <StudioScreen studio={studio} />
        <StudioLayout studio={studio} cast={cast} />
        <StudioBanner studio={studio} />
      </div>
    </div>
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
