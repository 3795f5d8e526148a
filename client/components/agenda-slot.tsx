import type { Agenda, AgendaPerson, AgendaSession, AgendaSlot } from '../../server/contracts/agenda.ts';
import type { Stars } from '../../server/contracts/my-agenda.ts';
import { Icon } from './icon.tsx';
import { NowLine } from './now-line.tsx';
import { StarButton } from './star-button.tsx';
import { ReplayProgressLink } from './replay-progress.tsx';

interface AgendaSlotRowProps {
  slot: AgendaSlot;
  agenda: Agenda;
  /** For a reader who has a place. */
  stars: Stars | null;
}

export function AgendaSlotRow({ slot, agenda, stars }: AgendaSlotRowProps) {
  const isPause = slot.sessions.every((session) => session.isBreak);
  return (
    <li
      class={['slot', slot.position, isPause && 'pause'].filter(Boolean).join(' ')}
      aria-current={slot.position === 'current' ? 'time' : undefined}
    >
      {slot.day && <p class="slot-day">{slot.day}</p>}
      <p class="when">
        <time class="num" datetime={slot.startsAt}>
          {slot.time}
        </time>
      </p>
      {slot.percentDone !== null && <NowLine percent={slot.percentDone} />}
      {slot.sessions.map((session) =>
        session.isBreak ? (
          <Interval key={session.id} session={session} />
        ) : (
          <AgendaEntry key={session.id} session={session} stages={agenda.stages} stars={stars} />
        ),
      )}
    </li>
  );
}

function Interval({ session }: { session: AgendaSession }) {
  return (
    <p class="interval" id={`session-${session.id}`}>
      <Icon name="cup" />
      <span>
        <strong>{session.title}</strong>, {session.length}
      </span>
      {session.summary && <span class="muted">{session.summary}</span>}
    </p>
  );
}

interface AgendaEntryProps {
  session: AgendaSession;
  stages: readonly string[];
  stars: Stars | null;
}

function AgendaEntry({ session, stages, stars }: AgendaEntryProps) {
  const isOffered = session.state !== 'cancelled' || stars?.sessionIds.includes(session.id);
  const place = session.stage === null || stages.length < 2 ? 'on-all' : `on-${session.stage + 1}`;
  return (
    <article class={`session ${place} state-${session.state}`} id={`session-${session.id}`}>
      <p class="kind">
        {stages.length > 1 && (
          <span class="stage-name">{session.stage === null ? 'All stages' : stages[session.stage]}</span>
        )}
        <span>{session.kind}</span>
        <span>{session.length}</span>
        <SessionState session={session} />
      </p>
      <h3>{session.title}</h3>
      {session.speakers.length > 0 && <Who people={session.speakers} />}
      {session.moderators.length > 0 && <Who people={session.moderators} before="Chaired by " />}
      {session.summary && <p class="sum">{session.summary}</p>}
      {session.replayProgress && (
        <ReplayProgressLink progress={session.replayProgress} title={session.title} />
      )}
      {session.replayPath && (
        <p class="done">
          <a href={session.replayPath}>
            Watch from the start<span class="vh">: {session.title}</span>
          </a>
        </p>
      )}
      {stars && isOffered && <StarButton stars={stars} session={session} />}
    </article>
  );
}

function SessionState({ session }: { session: AgendaSession }) {
  switch (session.state) {
    case 'live':
      return (
        <strong class="is-live">
          <span class="live-dot" />
          {session.note ?? 'Live now'}
        </strong>
      );
    case 'paused':
      return <strong class="is-late">{session.note ?? 'Paused'}</strong>;
    case 'cancelled':
      return <strong>Cancelled</strong>;
    case 'scheduled':
      return session.note ? <strong class="is-late">{session.note}</strong> : null;
    case 'ended':
      return null;
  }
}

function Who({ people, before }: { people: readonly AgendaPerson[]; before?: string }) {
  return (
    <p class="who">
      {before}
      {people.map((person, index) => (
        <span key={person.slug}>
          {index > 0 && (index === people.length - 1 ? ' and ' : ', ')}
          <a href={`/speakers/${person.slug}`}>{person.name}</a>
          {people.length === 1 && person.organisation && `, ${person.organisation}`}
        </span>
      ))}
    </p>
  );
}
