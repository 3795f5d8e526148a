import { useMemo } from 'preact/hooks';
import { RehearsalNotice } from '../../components/rehearsal-notice.tsx';
import type { LiveStart, LiveStore } from './live-room.store.ts';
import { ConnectionState } from './connection-state.tsx';
import { momentOfStage } from './course-of-day.ts';
import { DayLinks } from './day-links.tsx';
import { counted } from './live-words.ts';
import { IncidentBanner, NoticesBanner } from './notices-banner.tsx';
import { CaptionsPanel } from './captions-panel.tsx';
import { InterpreterPicture } from './picture-places.tsx';
import { ReactionsRow } from './reactions-row.tsx';
import { RoomBar } from './room-bar.tsx';
import { RoomIcon } from './room-icon.tsx';
import { roomView } from './room-view.ts';
import { RoomScreen } from './room-screen.tsx';
import { SessionAbout } from './session-about.tsx';
import { StagePictureView } from './stage-picture.tsx';
import { TakePartPanel } from './take-part-panel.tsx';
import type { PartStart, TakePart } from './take-part.store.ts';

/** What the page hands to its island, and the island to its stores. */
export interface LiveRoomProps extends LiveStart {
  readonly siteName: string;
  readonly part: PartStart;
}

interface RoomParts {
  live: LiveStore;
  part: TakePart;
}

/** Reads no state itself: the clock draws what shows it, and not hundreds of messages. */
export function LiveRoom({ live, part, siteName }: RoomParts & { siteName: string }) {
  return (
    <>
      <a class="skip" href="#panel">
        Skip to chat and questions
      </a>
      <RoomBar store={live} siteName={siteName} />
      <IncidentBanner live={live} part={part} />
      <main id="main" class="room-main" tabIndex={-1}>
        <div class="room-stage">
          {live.snapshot.value.event.isRehearsal && <RehearsalNotice />}
          <OnStage live={live} part={part} />
          <NoticesBanner live={live} part={part} />
          <div class="room-below">
            <ReactionsRow live={live} part={part} />
            <Standing live={live} part={part} />
          </div>
        </div>
        <TakePartPanel live={live} part={part} />
        <SessionAbout live={live} />
      </main>
    </>
  );
}

function OnStage({ live, part }: RoomParts) {
  const snapshot = live.snapshot.value;
  const view = roomView(snapshot, live.stageId.value, live.now.value);
  const moment = momentOfStage(snapshot, live.stageId.value, live.now.value);
  const { picture } = part;
  const isRunning = part.isRunning.value;
  const shown = useMemo(
    () => <StagePictureView picture={picture} isRunning={isRunning} />,
    [picture, isRunning],
  );
  const kind = picture.kind.value;
  return (
    <>
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
      <div class="room-pictures">
        <RoomScreen view={view} slateText={kind === 'slate' ? picture.picture.value?.slateText : undefined}>
          {(kind === 'stream' || kind === 'external') && shown}
        </RoomScreen>
        <InterpreterPicture />
      </div>
      <CaptionsPanel captions={picture.captions.value} zone={snapshot.event.zone} />
      {/* Said when the state changes, not at every tick of the clock. */}
      <p class="vh" role="status">
        {announcement(view.kind, view.title)}
      </p>
      <DayLinks kind={moment.kind} slug={snapshot.event.slug} attendancePath={part.attendancePath} />
    </>
  );
}

function Standing({ live, part }: RoomParts) {
  const viewers = part.viewers.value;
  return (
    <div class="room-standing">
      {viewers !== null && (
        <p class="room-viewers">
          <RoomIcon name="eye" />
          {counted(viewers, 'watching', 'watching')}
        </p>
      )}
      <ConnectionState
        connection={live.connection.value}
        refreshPath={`/events/${live.snapshot.value.event.slug}/live`}
      />
    </div>
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
