import { dayOf } from './live-words.ts';
import type { LiveStore } from './live-room.store.ts';
import { stageInBrief } from './room-view.ts';

/** Who, which event, which stage, the way out. */
export function RoomBar({ store, siteName }: { store: LiveStore; siteName: string }) {
  const snapshot = store.snapshot.value;
  const { event } = snapshot;
  return (
    <header class="room-bar">
      <a class="room-brand" href="/">
        {siteName}
      </a>
      <p class="room-event">
        <a href={`/events/${event.slug}`}>{event.title}</a>
        <span>{dayOf(event.startsAt, event.zone)}</span>
      </p>
      {event.stages.length > 1 && <StageSwitcher store={store} />}
      <p class="room-leave">
        <a href={`/events/${event.slug}`}>Leave</a>
      </p>
    </header>
  );
}

/** Links, so that they work without script; with it the page stays. */
function StageSwitcher({ store }: { store: LiveStore }) {
  const snapshot = store.snapshot.value;
  return (
    <nav class="room-stages" aria-label="Stages">
      {snapshot.event.stages.map(({ id, name }) => {
        const brief = stageInBrief(snapshot, id, store.now.value);
        return (
          <a
            key={id}
            href={`?stage=${encodeURIComponent(id)}`}
            aria-current={id === store.stageId.value ? 'page' : undefined}
            onClick={(click) => {
              click.preventDefault();
              store.chooseStage(id);
            }}
          >
            <b>{name}</b>
            <span>
              {brief.isLive && <span class="room-onair">Live</span>} {brief.text}
            </span>
          </a>
        );
      })}
    </nav>
  );
}
