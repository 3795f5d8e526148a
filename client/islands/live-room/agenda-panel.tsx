import type { LiveSession, LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import { Icon } from '../../components/icon.tsx';
import {
  expectedTimes,
  minutesLate,
  momentOfStage,
  sessionsOnStage,
  type ExpectedTime,
} from './course-of-day.ts';
import { drift, minutesBetween, timeOfDay, zoneName } from './live-words.ts';
import { roomView, speakers } from './room-view.ts';

interface AgendaPanelProps {
  snapshot: LiveSnapshot;
  stageId: string | null;
  now: number;
}

export function AgendaPanel({ snapshot, stageId, now }: AgendaPanelProps) {
  const { zone, startsAt } = snapshot.event;
  const moment = momentOfStage(snapshot, stageId, now);
  const late = drift(Math.max(0, minutesLate(moment, now)));
  const expected = expectedTimes(snapshot, stageId, now);
  const current = moment.kind === 'on-air' ? moment.session.id : null;
  return (
    <section class="room-tab" id="agenda" aria-labelledby="agenda-title">
      <div class="room-panel-head">
        <h2 id="agenda-title">Agenda</h2>
        <p>All times {zoneName(startsAt, zone)}</p>
      </div>
      {/* It scrolls by itself, so the keyboard must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="room-panel-body" role="group" aria-labelledby="agenda-title" tabIndex={0}>
        {late && (
          <p class="room-drift">
            <Icon name="clock" />
            Running {late}.
          </p>
        )}
        <ol class="room-day">
          {sessionsOnStage(snapshot, stageId).map((session) => (
            <AgendaRow
              key={session.id}
              session={session}
              expected={expected.get(session.id)}
              zone={zone}
              now={now}
              badge={session.id === current ? roomView(snapshot, stageId, now) : null}
            />
          ))}
        </ol>
      </div>
    </section>
  );
}

interface AgendaRowProps {
  session: LiveSession;
  expected: ExpectedTime | undefined;
  zone: string;
  now: number;
  badge: { badge: string; tone: string } | null;
}

function AgendaRow({ session, expected, zone, now, badge }: AgendaRowProps) {
  const startsAt = expected?.startsAt ?? Date.parse(session.startsAt);
  const began = new Date(startsAt).toISOString();
  const moved = minutesBetween(session.startsAt, startsAt) !== 0;
  const isToCome = session.isBreak ? startsAt > now : session.state === 'scheduled';
  const isPast =
    session.state === 'ended' || (session.isBreak && (expected?.endsAt ?? startsAt) <= now && !isToCome);
  const isPause = session.isBreak && !isPast && !isToCome;
  const style = badge
    ? badge.tone === 'live'
      ? 'at-now'
      : 'at-hold'
    : isPast
      ? 'at-past'
      : isPause
        ? 'at-pause'
        : undefined;
  return (
    <li class={style} aria-current={badge ? 'time' : undefined} data-session={session.id}>
      <time dateTime={began}>{timeOfDay(began, zone)}</time>
      <div>
        {badge && (
          <p>
            <span class={`tag ${badge.tone}`}>
              {badge.tone === 'live' && <span class="live-dot" />}
              {badge.badge}
            </span>
          </p>
        )}
        {moved && (
          <p>
            {isToCome && 'About this time. '}
            <s>
              {isToCome ? 'Planned' : 'Was'} {timeOfDay(session.startsAt, zone)}
            </s>
          </p>
        )}
        {session.isBreak ? (
          <p>{session.title}</p>
        ) : (
          <>
            <h3>{session.title}</h3>
            {session.speakers.length > 0 && <p>{speakers(session)}</p>}
            {session.state === 'ended' && <p>{session.wentLiveAt === null ? 'Not held' : 'Ended'}</p>}
          </>
        )}
      </div>
    </li>
  );
}
