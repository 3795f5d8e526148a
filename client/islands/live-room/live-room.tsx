import type { LiveStart, LiveStore } from './live-room.store.ts';
import { AgendaPanel } from './agenda-panel.tsx';
import { ConnectionState } from './connection-state.tsx';
import { RoomBar } from './room-bar.tsx';
import { roomView, speakers } from './room-view.ts';
import { RoomScreen } from './room-screen.tsx';
import { timeOfDay } from './live-words.ts';

/** What the page hands to its island, and the island to its store. */
export interface LiveRoomProps extends LiveStart {
  readonly siteName: string;
}

export function LiveRoom({ store, siteName }: { store: LiveStore; siteName: string }) {
  const snapshot = store.snapshot.value;
  const stageId = store.stageId.value;
  const now = store.now.value;
  const view = roomView(snapshot, stageId, now);
  return (
    <>
      <RoomBar store={store} siteName={siteName} />
      <main id="main" class="room-main" tabIndex={-1}>
        <div class="room-stage">
          <div class="room-session">
            <p class="room-state">
              <span class={`tag ${view.tone}`} data-state={view.kind}>
                {view.tone === 'live' && <span class="live-dot" />}
                {view.badge}
              </span>
              <span>{view.beside}</span>
            </p>
            <h1>{view.title}</h1>
          </div>
          <RoomScreen view={view} />
          {/* Said when the state changes, not at every tick of the clock. */}
          <p class="vh" role="status">
            {announcement(view.kind, view.title)}
          </p>
          <ConnectionState
            connection={store.connection.value}
            refreshPath={`/events/${snapshot.event.slug}/live`}
          />
        </div>
        <AgendaPanel snapshot={snapshot} stageId={stageId} now={now} />
        <div class="room-about">
          {view.next && (
            <section aria-labelledby="next-title">
              <h2 id="next-title">{view.kind === 'on-air' || view.kind === 'paused' ? 'Next' : 'Then'}</h2>
              <p class="room-next">
                <time dateTime={view.nextAt ?? view.next.startsAt}>
                  {timeOfDay(view.nextAt ?? view.next.startsAt, snapshot.event.zone)}
                </time>
                <span>
                  <b>{view.next.title}</b>
                  {view.next.speakers.length > 0 && <span class="muted">{speakers(view.next)}</span>}
                </span>
              </p>
            </section>
          )}
        </div>
      </main>
    </>
  );
}

function announcement(kind: ReturnType<typeof roomView>['kind'], title: string): string {
  switch (kind) {
    case 'on-air':
      return `Live now: ${title}`;
    case 'paused':
      return `Paused: ${title}`;
    case 'between':
      return 'The session has ended.';
    case 'ended':
      return 'The day has ended.';
    case 'cancelled':
      return 'This event is cancelled.';
    case 'before':
      return '';
  }
}
