import type { LiveSession } from '../../../server/contracts/live-snapshot.ts';
import { Notice } from '../../components/notice.tsx';
import { ConnectionState } from '../live-room/connection-state.tsx';
import { sessionsOnStage } from '../live-room/course-of-day.ts';
import { timeOfDay, zoneName } from '../live-room/live-words.ts';
import { speakers, stageInBrief } from '../live-room/room-view.ts';
import { MoveButton } from './move-button.tsx';
import type { ShowStore } from './run-of-show.store.ts';
import { driftOfSession, showView, stateInWords, type ShowView } from './show-view.ts';

interface RunOfShowProps {
  store: ShowStore;
  path: string;
  canDirect: boolean;
}

/** The organiser's one screen of the day. */
export function RunOfShow({ store, path, canDirect }: RunOfShowProps) {
  const snapshot = store.snapshot.value;
  const stageId = store.stageId.value;
  const now = store.now.value;
  const view = showView(snapshot, stageId, now);
  const { event } = snapshot;
  return (
    <div class="show">
      <div class="show-bar">
        <p class="show-time">
          <time dateTime={new Date(now).toISOString()}>
            {timeOfDay(new Date(now).toISOString(), event.zone)}
          </time>{' '}
          <span>{zoneName(event.startsAt, event.zone)}</span>
        </p>
        <p class={view.late ? 'show-late is-late' : 'show-late'}>
          <b>{view.late ?? 'On time'}</b>
        </p>
        <ConnectionState connection={store.connection.value} refreshPath={`${path}/run-of-show`} />
      </div>
      {event.stages.length > 1 && <StageSwitch store={store} />}
      <div class="show-grid">
        <div class="show-centre">
          {store.notice.value && (
            <div class="show-notice" role="alert">
              <Notice kind="soon">{store.notice.value}</Notice>
            </div>
          )}
          <Current view={view} />
          <div class="show-actions" role="group" aria-label="Directing">
            {view.actions.map((action) => (
              <MoveButton key={action.name} action={action} store={store} path={path} canDirect={canDirect} />
            ))}
          </div>
          {!canDirect && (
            <p class="muted">Your role may look on. An owner or organiser presses the buttons.</p>
          )}
          {view.next && <Next session={view.next} zone={event.zone} isOnAir={view.isOnAir} />}
        </div>
        <section class="show-day" aria-labelledby="day-title">
          <h2 id="day-title">The day</h2>
          <ol class="plain">
            {sessionsOnStage(snapshot, stageId).map((session) => (
              <DayRow
                key={session.id}
                session={session}
                zone={event.zone}
                isCurrent={view.isOnAir && session.id === view.current?.id}
                isNext={!view.isOnAir && session.id === view.current?.id}
              />
            ))}
          </ol>
          <p class="small">
            <a href={`${path}/sessions`}>Change the agenda</a>
          </p>
        </section>
      </div>
    </div>
  );
}

function StageSwitch({ store }: { store: ShowStore }) {
  return (
    <nav class="show-stages" aria-label="Stage to run">
      {store.snapshot.value.event.stages.map(({ id, name }) => {
        const brief = stageInBrief(store.snapshot.value, id, store.now.value);
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
            <b>{name}</b>{' '}
            <span class={brief.isLive ? 'is-live' : 'muted'}>
              {brief.isLive ? `On air: ${brief.text}` : brief.text}
            </span>
          </a>
        );
      })}
    </nav>
  );
}

function Current({ view }: { view: ShowView }) {
  const { current } = view;
  return (
    <section class="show-current" aria-labelledby="current-title">
      <p class={view.isPaused ? 'is-late' : view.isOnAir ? 'is-live' : 'muted'} role="status">
        {view.isOnAir && !view.isPaused && <span class="live-dot" />}
        {view.heading}
      </p>
      <h2 id="current-title">{current?.title ?? 'The day has run'}</h2>
      {current && current.speakers.length > 0 && <p class="muted">{speakers(current)}</p>}
      {current && (
        <>
          <p class="show-clock">
            <span class="num">{view.clock}</span> <small>{view.clockNote}</small>
          </p>
          <progress class="show-progress" max={100} value={view.percent} aria-label="How far through" />
          <p class="show-ends">
            <span>{view.began}</span> <span>{view.ends}</span>
          </p>
        </>
      )}
    </section>
  );
}

function Next({ session, zone, isOnAir }: { session: LiveSession; zone: string; isOnAir: boolean }) {
  return (
    <section class="show-next" aria-labelledby="next-title">
      <p class="muted">
        {isOnAir ? 'Next' : 'Then'},{' '}
        <time dateTime={session.startsAt}>{timeOfDay(session.startsAt, zone)}</time>
      </p>
      <h3 id="next-title">{session.title}</h3>
      {session.speakers.length > 0 && <p class="muted">{speakers(session)}</p>}
      {isOnAir && <p class="small muted">Its Go live opens when this session has ended.</p>}
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
