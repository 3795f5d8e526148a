import type { Actor, Pass } from '../contracts/actor.ts';
import type { MyAgenda, MyAgendaItem } from '../contracts/my-agenda.ts';
import { showDate, showTimeOfDay, showZone } from '../platform/time/show-time.ts';
import { isHolder } from './registration.rules.ts';

export interface AgendaEvent {
  readonly zone: string;
  readonly startsAt: Date;
  readonly stages: readonly { readonly id: string; readonly name: string }[];
}

export interface ChoosableSession {
  readonly _id: string;
  readonly title: string;
  readonly kind: string;
  readonly stageId?: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: string;
}

/**
 * The holder, also by the link that joins: choosing sessions shows nothing about a person and is undone by a
 * press, and on the day most people hold that link and nothing else.
 */
export function mayChooseSessions(
  actor: Actor,
  registration: { readonly _id: string; readonly email: string },
): boolean {
  if (actor.kind === 'pass') return actor.pass.registrationId === registration._id;
  return isHolder(actor, registration);
}

/** As whom a browser chooses for one registration: any pass to it counts, whoever else is signed in beside it. */
export function choosingFor(
  registrationId: string,
  { actor, passes }: { readonly actor: Actor; readonly passes: readonly Pass[] },
): Actor {
  const pass = passes.find((one) => one.registrationId === registrationId);
  return pass ? { kind: 'pass', pass } : actor;
}

/** Breaks are for everybody, and what is cancelled is not on. */
export const canBeChosen = ({ kind, state }: Pick<ChoosableSession, 'kind' | 'state'>): boolean =>
  kind !== 'break' && state !== 'cancelled';

const overlap = (a: ChoosableSession, b: ChoosableSession) => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** The chosen sessions in order of time, which of them clash, and what lies in between; `sessions` in order of start. */
export function myAgendaOf(
  event: AgendaEvent,
  sessions: readonly ChoosableSession[],
  chosenIds: readonly string[],
): MyAgenda {
  const chosen = sessions.filter(({ _id, kind }) => chosenIds.includes(_id) && kind !== 'break');
  const on = chosen.filter(canBeChosen);
  const open = sessions.filter((session) => canBeChosen(session) && !chosenIds.includes(session._id));
  const breaks = sessions.filter(
    (session) =>
      session.kind === 'break' && session.state !== 'cancelled' && !on.some((one) => overlap(one, session)),
  );
  const planned = [...chosen, ...(chosen.length > 0 ? breaks : [])].sort(
    (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.endsAt.getTime() - b.endsAt.getTime(),
  );
  const days = new Set(planned.map(({ startsAt }) => showDate(startsAt, event.zone)));
  let lastDay = days.size > 1 ? '' : [...days][0];
  const timed = (startsAt: Date, endsAt: Date) => {
    const day = showDate(startsAt, event.zone);
    const isNewDay = day !== lastDay;
    lastDay = day;
    return {
      startsAt: startsAt.toISOString(),
      time: showTimeOfDay(startsAt, event.zone),
      until: showTimeOfDay(endsAt, event.zone),
      day: isNewDay ? day.replace(/ \d{4}$/, '') : null,
    };
  };
  const items: MyAgendaItem[] = [];
  let busyUntil: Date | null = null;
  for (const session of planned) {
    const { startsAt, endsAt, _id: id, title } = session;
    if (busyUntil && busyUntil < startsAt && isSameDay(busyUntil, startsAt, event.zone)) {
      const gap = { ...session, startsAt: busyUntil, endsAt: startsAt };
      const sessionCount = open.filter((other) => overlap(other, gap)).length;
      if (sessionCount > 0) items.push({ kind: 'free', ...timed(busyUntil, startsAt), sessionCount });
    }
    if (session.kind === 'break') items.push({ kind: 'break', id, title, ...timed(startsAt, endsAt) });
    else
      items.push({
        kind: 'session',
        ...{ id, title },
        ...timed(startsAt, endsAt),
        stage: stageOf(event, session),
        isCancelled: session.state === 'cancelled',
        clashes: clashesOf(session, on),
      });
    if (session.state !== 'cancelled' && (!busyUntil || endsAt > busyUntil)) busyUntil = endsAt;
  }
  return { zone: showZone(event.startsAt, event.zone), timeZone: event.zone, items };
}

const isSameDay = (a: Date, b: Date, zone: string) => showDate(a, zone) === showDate(b, zone);

function stageOf({ stages }: AgendaEvent, { stageId }: ChoosableSession): string | null {
  return stages.length > 1 ? (stages.find(({ id }) => id === stageId)?.name ?? null) : null;
}

function clashesOf(session: ChoosableSession, on: readonly ChoosableSession[]): string[] {
  if (session.state === 'cancelled') return [];
  return on.filter((other) => other._id !== session._id && overlap(other, session)).map(({ title }) => title);
}
