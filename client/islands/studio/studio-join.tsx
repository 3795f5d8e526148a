import { guestWords } from './room-words.ts';
import type { GuestLine } from './guest-line.ts';
import type { Backstage } from './studio-backstage.store.ts';
import { StudioVolume } from './studio-volume.tsx';

interface StudioJoinProps {
  backstage: Backstage;
  line: GuestLine;
  /** Going on air alone and in the room at once would send two pictures. */
  isOnAirAlone: boolean;
}

/** The room as a guest has it: in or out, and what the host sends. */
export function StudioJoin({ backstage, line, isOnAirAlone }: StudioJoinProps) {
  const { room } = backstage;
  const { kind } = room.state.value;
  const isWithin = room.isWithin.value;
  const isConnected = line.state.value === 'connected';
  const { isOnAir, isMuted } = line.standing.value;
  return (
    <section class="studio-room" aria-labelledby="studio-room-title">
      <h2 id="studio-room-title">Backstage room</h2>
      {!isWithin && <p>You see and hear the host and the other speakers. The host puts you on air.</p>}
      <div class="studio-go">
        {isWithin ? (
          <button class="button line" type="button" onClick={() => room.leave()}>
            Leave the backstage room
          </button>
        ) : (
          <button
            class="button big"
            type="button"
            aria-disabled={isOnAirAlone}
            aria-describedby={isOnAirAlone ? 'studio-join-need' : undefined}
            onClick={() => !isOnAirAlone && backstage.enter()}
          >
            Join the backstage room
          </button>
        )}
        {isOnAirAlone && <p id="studio-join-need">Go off air first, then join.</p>}
      </div>
      <p
        role="status"
        class={kind === 'full' || kind === 'refused' || isMuted ? 'studio-state is-bad' : 'studio-state'}
      >
        {guestWords(room.state.value, line.state.value, line.standing.value)}
      </p>
      {isConnected && (
        <>
          <div class="studio-frame">
            {/* eslint-disable-next-line jsx-a11y/media-has-caption -- people talking to each other, not a film */}
            <video data-peer="host" playsInline aria-label="What viewers see" />
            <p class={isOnAir ? 'tag live' : 'tag'}>{isOnAir ? 'You are on air' : 'You are not on air'}</p>
          </div>
          <StudioVolume backstage={backstage} />
        </>
      )}
    </section>
  );
}
