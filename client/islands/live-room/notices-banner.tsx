import type { Announcement } from '../../../server/contracts/live-room-settings.ts';
import { Icon } from '../../components/icon.tsx';
import { ChatText } from './chat-message-item.tsx';
import { timeOfDay } from './live-words.ts';
import type { LiveStore } from './live-room.store.ts';
import { RoomIcon } from './room-icon.tsx';
import type { TakePart } from './take-part.store.ts';

/** What is broken, on top of everything until it is mended. */
export function IncidentBanner({ live, part }: { live: LiveStore; part: TakePart }) {
  const { zone } = live.snapshot.value.event;
  const incidents = part.notices.incidents.value;
  return (
    <>
      {(['alert', 'status'] as const).map((role) => (
        <div key={role} role={role} class="room-incidents">
          {incidents
            .filter(({ urgency }) => (urgency === 'assertive') === (role === 'alert'))
            .map(({ id, at, text }) => (
              <p key={id}>
                <Icon name="warning" />
                <span>
                  <b>We have a problem, since {timeOfDay(at, zone)}.</b> <ChatText text={text} />
                </span>
              </p>
            ))}
        </div>
      ))}
    </>
  );
}

/** Said to everyone. It opens under the picture, so the picture never jumps. */
export function NoticesBanner({ live, part }: { live: LiveStore; part: TakePart }) {
  const notices = part.notices.notices.value;
  const { zone } = live.snapshot.value.event;
  return (
    <div class="room-notices">
      {(['alert', 'status'] as const).map((role) => (
        <div key={role} role={role}>
          {notices
            .filter(({ urgency }) => (urgency === 'assertive') === (role === 'alert'))
            .map((notice) => (
              <Notice key={notice.id} notice={notice} zone={zone} part={part} />
            ))}
        </div>
      ))}
    </div>
  );
}

function Notice({ notice, zone, part }: { notice: Announcement; zone: string; part: TakePart }) {
  return (
    <div class="room-notice" data-notice={notice.id}>
      <RoomIcon name="megaphone" />
      <p>
        <b>From the organisers, {timeOfDay(notice.at, zone)}.</b> <ChatText text={notice.text} />
      </p>
      {part.isRunning.value && (
        <button type="button" class="room-close" onClick={() => part.notices.hide(notice.id)}>
          <RoomIcon name="close" />
          <span class="vh">Hide this announcement</span>
        </button>
      )}
    </div>
  );
}
