import type { SessionResource } from '../../../server/contracts/live-room-settings.ts';
import type { LiveSession, LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import { Icon } from '../../components/icon.tsx';
import { expectedStart, momentOfStage, sessionsOnStage, type StageMoment } from './course-of-day.ts';
import { timeOfDay } from './live-words.ts';
import type { LiveStore } from './live-room.store.ts';
import { RoomIcon } from './room-icon.tsx';
import { roomView, speakers } from './room-view.ts';

/** Under the picture: who speaks, what there is to keep, what comes next. */
export function SessionAbout({ live }: { live: LiveStore }) {
  const snapshot = live.snapshot.value;
  const stageId = live.stageId.value;
  const moment = momentOfStage(snapshot, stageId, live.now.value);
  const session = 'session' in moment ? moment.session : null;
  const { next } = roomView(snapshot, stageId, live.now.value);
  const nextAt = next && expectedStart(snapshot, stageId, next, live.now.value);
  const resources = resourcesAt(snapshot, stageId, moment);
  return (
    <div class="room-about">
      {session && session.speakers.length > 0 && <Speaking session={session} moment={moment} />}
      {resources.length > 0 && <ToKeep resources={resources} />}
      {next && nextAt && (
        <section aria-labelledby="next-title">
          <h2 id="next-title">{moment.kind === 'on-air' ? 'Next' : 'Then'}</h2>
          <p class="room-next">
            <time dateTime={nextAt}>{timeOfDay(nextAt, snapshot.event.zone)}</time>
            <span>
              <b>{next.title}</b>
              {next.speakers.length > 0 && <span class="muted">{speakers(next)}</span>}
            </span>
          </p>
        </section>
      )}
    </div>
  );
}

/** Of the session that is on or comes next; once the day has ended, of all of them. */
const resourcesAt = (
  snapshot: LiveSnapshot,
  stageId: string | null,
  moment: StageMoment,
): readonly SessionResource[] =>
  'session' in moment
    ? moment.session.resources
    : sessionsOnStage(snapshot, stageId).flatMap((session) => session.resources);

function Speaking({ session, moment }: { session: LiveSession; moment: StageMoment }) {
  return (
    <section aria-labelledby="speaking-title">
      <h2 id="speaking-title">{moment.kind === 'on-air' ? 'Speaking' : 'Who will speak'}</h2>
      <ul class="room-speakers">
        {session.speakers.map((name) => (
          <li key={name}>
            <span class="room-initials" aria-hidden="true">
              {initials(name)}
            </span>
            <b>{name}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

const initials = (name: string): string => {
  const words = name.replace(/^(Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Dame)\.?\s+/i, '').split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase();
};

function ToKeep({ resources }: { resources: readonly SessionResource[] }) {
  return (
    <section aria-labelledby="keep-title">
      <h2 id="keep-title">To keep</h2>
      <ul class="room-resources">
        {resources.map(({ id, title, kind, url, size }) => (
          <li key={id}>
            {kind === 'link' ? <Icon name="link" /> : <RoomIcon name="document" />}
            <a href={url} target="_blank" rel="noopener">
              {title}
            </a>
            <span>{kind === 'link' ? hostOf(url) : size === null ? 'File' : sizeInWords(size)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : 'Link');
const sizeInWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
