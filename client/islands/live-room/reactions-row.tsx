import type { RoomReaction } from '../../../server/contracts/live-room-settings.ts';
import { momentOfStage } from './course-of-day.ts';
import type { LiveStore } from './live-room.store.ts';
import { RoomIcon } from './room-icon.tsx';
import type { TakePart } from './take-part.store.ts';

const reactions: Readonly<Record<RoomReaction, string>> = {
  applause: 'Applause',
  agree: 'Agree',
  useful: 'Useful',
  love: 'Love it',
  lost: 'Lost me',
};
const kinds = Object.keys(reactions) as RoomReaction[];

/** Taps for the speakers, and a hand to raise. Nothing without script: a mood is not worth loading a page. */
export function ReactionsRow({ live, part }: { live: LiveStore; part: TakePart }) {
  const { room } = live.snapshot.value;
  const { kind } = momentOfStage(live.snapshot.value, live.stageId.value, live.now.value);
  const isOver = kind === 'ended' || kind === 'cancelled';
  if (!part.isRunning.value || isOver || (!room.areReactionsOn && !room.allowsHandRaise)) return null;
  const { taps, person } = part;
  const isSilenced = person.silencedUntil.value !== null;
  const isRaised = person.hasRaisedHand.value;
  return (
    <div class="room-react-row">
      {room.areReactionsOn && (
        <div class="room-reactions" role="group" aria-label="React to the session">
          {kinds.map((kind) => (
            <button
              key={kind}
              type="button"
              class={taps.last.value === kind ? 'is-felt' : undefined}
              onClick={() => taps.tap(kind)}
            >
              <RoomIcon name={kind} />
              <span>{reactions[kind]}</span>
            </button>
          ))}
        </div>
      )}
      {room.allowsHandRaise && (
        <button
          type="button"
          class="room-hand"
          aria-pressed={isRaised ? 'true' : 'false'}
          disabled={isSilenced}
          onClick={() => void person.toggleHand()}
        >
          <RoomIcon name="hand" />
          {isRaised ? 'Hand is up' : 'Raise hand'}
        </button>
      )}
      <p class={person.problem.value ? 'room-error' : 'vh'} role="status">
        {person.problem.value}
      </p>
      <Rising part={part} />
    </div>
  );
}

/** What others tapped just now, rising beside the picture; for the eye alone. */
function Rising({ part }: { part: TakePart }) {
  return (
    <div class="room-rising" aria-hidden="true">
      {part.taps.rising.value.map(({ id, kind, count }) => (
        <span key={id}>
          <RoomIcon name={kind} />
          {count > 1 && count}
        </span>
      ))}
    </div>
  );
}
