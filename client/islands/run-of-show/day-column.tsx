import type { LiveSession } from '../../../server/contracts/live-snapshot.ts';
import { sessionsOnStage } from '../live-room/course-of-day.ts';
import { timeOfDay } from '../live-room/live-words.ts';
import type { ShowStore } from './run-of-show.store.ts';
import { driftOfSession, stateInWords, type ShowView } from './show-view.ts';

/** The whole day of this stage, with how each session went beside its plan. */
export function DayColumn({ store, view, path }: { store: ShowStore; view: ShowView; path: string }) {
  const snapshot = store.snapshot.value;
  return (
    <section class="show-day" aria-labelledby="day-title">
      <h2 id="day-title">The day</h2>
      <ol class="plain">
        {sessionsOnStage(snapshot, store.stageId.value).map((session) => (
          <DayRow
            key={session.id}
            session={session}
            zone={snapshot.event.zone}
            isCurrent={view.isOnAir && session.id === view.current?.id}
            isNext={!view.isOnAir && session.id === view.current?.id}
          />
        ))}
      </ol>
      <p class="small">
        <a href={`${path}/sessions`}>Change the agenda</a>
      </p>
    </section>
  );
}

interface DayRowProps {
  session: LiveSession;
  zone: string;
  isCurrent: boolean;
  isNext: boolean;
}

function DayRow({ session, zone, isCurrent, isNext }: DayRowProps) {
  const began = session.wentLiveAt ?? session.startsAt;
  const words = isNext ? 'Next' : stateInWords(session);
  const drift = driftOfSession(session);
  const kind = isCurrent
    ? session.state === 'paused'
      ? 'at-hold'
      : 'at-now'
    : isNext
      ? 'at-next'
      : session.state === 'ended'
        ? 'at-past'
        : session.isBreak
          ? 'at-gap'
          : undefined;
  return (
    <li class={kind} aria-current={isCurrent ? 'time' : undefined}>
      <time dateTime={began}>{timeOfDay(began, zone)}</time>
      <div>
        <h3>{session.title}</h3>
        {words && <p class="show-word">{words}</p>}
        {drift && <p class="show-drift">{drift}</p>}
      </div>
    </li>
  );
}
