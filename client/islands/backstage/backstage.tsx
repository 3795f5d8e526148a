import { RehearsalNotice } from '../../components/rehearsal-notice.tsx';
import { ConnectionState } from '../live-room/connection-state.tsx';
import { timeOfDay } from '../live-room/live-words.ts';
import { BackstageChat } from './backstage-chat.tsx';
import { BackstageQuestions } from './backstage-questions.tsx';
import { backstageView } from './backstage-view.ts';
import type { BackstageStart, BackstageStore } from './backstage.store.ts';

export interface BackstageProps {
  store: BackstageStore;
  start: BackstageStart;
}

/** What a speaker needs to know while they wait and while they speak. */
export function Backstage({ store, start }: BackstageProps) {
  const { live } = store;
  const snapshot = live.snapshot.value;
  const { event } = snapshot;
  const view = backstageView(snapshot, start.speakerId, live.stageId.value, live.now.value);
  const path = `/events/${event.slug}`;
  return (
    <>
      <header class="backstage-head">
        <p class="dateline">{event.title}</p>
        <h1>Backstage</h1>
        <p class="muted">
          Only speakers and the organiser’s team are here. You are {start.mine.name}.{' '}
          <a href={`${path}/live`}>See what viewers see</a>
          {start.speakerId && (
            <>
              {' · '}
              <a href={`${path}/backstage/studio`}>Open the studio: meet the others, go on air</a>
            </>
          )}
        </p>
        <ConnectionState connection={live.connection.value} refreshPath={`${path}/backstage`} />
        {event.isRehearsal && <RehearsalNotice />}
      </header>
      <div class="backstage-grid">
        <section class={`backstage-now is-${view.tone}`} aria-labelledby="backstage-session">
          <p class="backstage-state" role="status">
            {view.state}
          </p>
          <h2 id="backstage-session">{view.session?.title ?? 'No session'}</h2>
          {view.clock && (
            <p class="backstage-clock" role="timer">
              <span>{view.clock}</span> <small>{view.clockNote}</small>
            </p>
          )}
          {view.times && <p>{view.times}</p>}
          {view.next && view.nextAt && (
            <p class="muted">
              Next, at {timeOfDay(view.nextAt, event.zone)}: {view.next.title}
            </p>
          )}
        </section>
        <BackstageChat store={store} start={start} />
        <BackstageQuestions store={store} start={start} />
      </div>
    </>
  );
}
