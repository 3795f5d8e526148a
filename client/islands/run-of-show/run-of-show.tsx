import type { LiveSession } from '../../../server/contracts/live-snapshot.ts';
import { Notice } from '../../components/notice.tsx';
import { ConnectionState } from '../live-room/connection-state.tsx';
import { expectedStart } from '../live-room/course-of-day.ts';
import { timeOfDay, zoneName } from '../live-room/live-words.ts';
import { speakers, stageInBrief } from '../live-room/room-view.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DayColumn } from './day-column.tsx';
import { ExtendForm } from './extend-form.tsx';
import { KeysList } from './keys-list.tsx';
import { MoveButton } from './move-button.tsx';
import type { ShowStart, ShowStore } from './run-of-show.store.ts';
import type { ShowKeys } from './show-keys.ts';
import { ShowPanels } from './show-panels.tsx';
import { showView, type ShowView } from './show-view.ts';
import { StreamPlace } from './stream-place.tsx';

interface RunOfShowProps {
  store: ShowStore;
  start: ShowStart;
  keys: ShowKeys;
}

/** The organiser's one screen of the day. */
export function RunOfShow({ store, start, keys }: RunOfShowProps) {
  const { path, canDirect, audience } = start;
  const view = showView(store.snapshot.value, store.stageId.value, store.now.value);
  const canModerate = audience === 'moderators';
  const given = { store, path, canDirect };
  return (
    <div class={canModerate ? 'show has-panels' : 'show'}>
      <ShowBar store={store} view={view} path={path} />
      {store.snapshot.value.event.stages.length > 1 && <StageSwitch store={store} />}
      <ShowWords store={store} />
      <div class="show-grid">
        <div class="show-centre">
          <Current view={view} />
          <div class="show-actions" role="group" aria-label="Directing">
            {view.actions.map((action) => (
              <MoveButton key={action.name} action={action} {...given} />
            ))}
          </div>
          {view.isOnAir && view.current && <ExtendForm session={view.current} {...given} />}
          {!canDirect && (
            <p class="muted">Your role may look on. An owner or organiser presses the buttons.</p>
          )}
          {view.next && <Next session={view.next} store={store} isOnAir={view.isOnAir} />}
          {canModerate && <StreamPlace store={store} path={path} />}
        </div>
        {canModerate && <ShowPanels store={store} start={start} />}
        <DayColumn store={store} view={view} path={path} />
      </div>
      <KeysList keys={keys} />
      <ConfirmDialog store={store} />
    </div>
  );
}

function ShowBar({ store, view, path }: { store: ShowStore; view: ShowView; path: string }) {
  const { zone, startsAt } = store.snapshot.value.event;
  const now = new Date(store.now.value).toISOString();
  const viewers = store.viewers.value;
  return (
    <div class="show-bar">
      <p class="show-time">
        <time dateTime={now}>{timeOfDay(now, zone)}</time> <span>{zoneName(startsAt, zone)}</span>
      </p>
      {view.kind === 'day' && (
        <p class={view.late ? 'show-late is-late' : 'show-late'}>
          <b>{view.late ?? 'On time'}</b>
        </p>
      )}
      {viewers !== null && (
        <p class="show-watching">
          <b class="num">{viewers}</b> watching
        </p>
      )}
      <ConnectionState connection={store.connection.value} refreshPath={`${path}/run-of-show`} />
    </div>
  );
}

/** What became of the last act: why it was refused at once, what it did when there is time. */
function ShowWords({ store }: { store: ShowStore }) {
  return (
    <>
      <div role="alert" class="show-notice">
        {store.notice.value && <Notice kind="soon">{store.notice.value}</Notice>}
      </div>
      <p role="status" class="show-done">
        {store.done.value}
      </p>
    </>
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
  return (
    <section class="show-current" aria-labelledby="current-title">
      <p class={view.isPaused ? 'is-late' : view.isOnAir ? 'is-live' : 'muted'} role="status">
        {view.isOnAir && !view.isPaused && <span class="live-dot" />}
        {view.heading}
      </p>
      <h2 id="current-title">{view.title}</h2>
      {view.note && <p class="muted">{view.note}</p>}
      {view.current && (
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

function Next({ session, store, isOnAir }: { session: LiveSession; store: ShowStore; isOnAir: boolean }) {
  const snapshot = store.snapshot.value;
  const { zone } = snapshot.event;
  const startsAt = expectedStart(snapshot, store.stageId.value, session, store.now.value);
  const [expected, planned] = [timeOfDay(startsAt, zone), timeOfDay(session.startsAt, zone)];
  return (
    <section class="show-next" aria-labelledby="next-title">
      <p class="muted">
        {isOnAir ? 'Next' : 'Then'}, <time dateTime={startsAt}>{expected}</time>
        {expected !== planned && `, planned ${planned}`}
      </p>
      <h3 id="next-title">{session.title}</h3>
      {session.speakers.length > 0 && <p class="muted">{speakers(session)}</p>}
      {isOnAir && <p class="small muted">Its Go live opens when this session has ended.</p>}
    </section>
  );
}
