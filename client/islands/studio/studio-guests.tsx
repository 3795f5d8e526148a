import type { Backstage } from './studio-backstage.store.ts';
import type { Guest, StudioCast } from './studio-cast.store.ts';
import { hostWords, lineWords } from './room-words.ts';
import { StudioVolume } from './studio-volume.tsx';

interface StudioGuestsProps {
  backstage: Backstage;
  cast: StudioCast;
}

/** The room as its host has it: who is here, who goes on air, who is heard. */
export function StudioGuests({ backstage, cast }: StudioGuestsProps) {
  const { room } = backstage;
  const { kind } = room.state.value;
  const isOpen = room.isWithin.value;
  const guests = cast.guests.value;
  return (
    <section class="studio-room" aria-labelledby="studio-room-title">
      <h2 id="studio-room-title">Backstage room</h2>
      {!isOpen && (
        <p>
          Speakers join from their backstage page, see and hear each other, and you put them on air in one
          picture.
        </p>
      )}
      <p class="studio-buttons">
        {isOpen ? (
          <button class="button line" type="button" onClick={() => room.leave()}>
            Close the backstage room
          </button>
        ) : (
          <button class="button" type="button" onClick={() => backstage.enter()}>
            Open the backstage room
          </button>
        )}
      </p>
      <p role="status" class={isOpen || kind === 'out' ? 'studio-state' : 'studio-state is-bad'}>
        {hostWords(room.state.value, guests.length)}
      </p>
      {guests.length > 0 && (
        <>
          <StudioVolume backstage={backstage} />
          <ul class="studio-guests">
            {guests.map((guest) => (
              <li key={guest.peerId}>
                <StudioGuest guest={guest} cast={cast} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function placeWords({ isOnAir, line }: Guest, { isShown }: StudioCast): string {
  if (!isOnAir) return 'Not on air';
  if (line !== 'connected') return 'Out of the picture';
  return isShown.value ? 'On air' : 'In the picture';
}

function StudioGuest({ guest, cast }: { guest: Guest; cast: StudioCast }) {
  const { peerId, name, isOnAir, isMuted, isNamed, label } = guest;
  const decide = (changes: Parameters<StudioCast['decide']>[1]) => cast.decide(peerId, changes);
  const isThere = guest.line === 'connected';
  const fieldId = `studio-label-${peerId}`;
  return (
    <article class="studio-guest" aria-label={name}>
      <div class="studio-frame">
        {/* eslint-disable-next-line jsx-a11y/media-has-caption -- people talking to each other, not a film */}
        <video data-peer={peerId} playsInline aria-label={`What ${name} sends`} />
        <p class={isOnAir && isThere && cast.isShown.value ? 'tag live' : 'tag'}>{placeWords(guest, cast)}</p>
      </div>
      <h3>{name}</h3>
      <p class={guest.isWeak || !isThere ? 'tag soon' : 'tag good'}>{lineWords(guest)}</p>
      <p class="studio-buttons">
        <button
          class={isOnAir ? 'button danger' : 'button'}
          type="button"
          aria-label={isOnAir ? `Take off air: ${name}` : `Put on air: ${name}`}
          onClick={() => decide({ isOnAir: !isOnAir })}
        >
          {isOnAir ? 'Take off air' : 'Put on air'}
        </button>
        <button
          class="button line"
          type="button"
          aria-label={`Mute: ${name}`}
          aria-pressed={isMuted}
          onClick={() => decide({ isMuted: !isMuted })}
        >
          Mute
        </button>
      </p>
      <label class="studio-choice">
        <input type="checkbox" checked={isNamed} onChange={() => decide({ isNamed: !isNamed })} />
        Name in the picture
      </label>
      {isNamed && (
        <div class="field">
          <label for={fieldId}>Written as</label>
          <input
            id={fieldId}
            value={label}
            maxLength={60}
            onInput={({ currentTarget }) => decide({ label: currentTarget.value })}
          />
        </div>
      )}
    </article>
  );
}
