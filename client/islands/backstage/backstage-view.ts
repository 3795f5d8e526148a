import type { LiveQuestion } from '../../../server/contracts/live-questions.ts';
import type { LiveSession, LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import { expectedEnd, expectedTimes, momentOfStage } from '../live-room/course-of-day.ts';
import { countdown, minutesBetween, span, timeOfDay } from '../live-room/live-words.ts';

/** A speaker's own session, or for the team the stage's, as somebody reads it from across the table. */
export interface BackstageView {
  readonly session: LiveSession | null;
  /** waiting: before it; ok, soon, over: how its time stands. */
  readonly tone: 'waiting' | 'ok' | 'soon' | 'over';
  readonly state: string;
  readonly clock: string;
  readonly clockNote: string;
  readonly times: string;
  readonly next: LiveSession | null;
  readonly nextAt: string | null;
}

const soonMs = 5 * 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

export function backstageView(
  snapshot: LiveSnapshot,
  speakerId: string | null,
  stageId: string | null,
  now: number,
): BackstageView {
  const own = snapshot.sessions.filter(
    ({ speakerIds, state, isBreak }) =>
      !isBreak && state !== 'cancelled' && speakerId !== null && speakerIds.includes(speakerId),
  );
  const isOnAir = ({ state }: LiveSession) => state === 'live' || state === 'paused';
  const moment = momentOfStage(snapshot, stageId, now);
  const staged = own.length === 0 && 'session' in moment ? moment.session : null;
  const session = own.find(isOnAir) ?? own.find(({ state }) => state === 'scheduled') ?? own.at(-1) ?? staged;
  const stage = session?.stageId ?? stageId;
  const expected = expectedTimes(snapshot, stage, now);
  const startOf = ({ id, startsAt }: LiveSession) => expected.get(id)?.startsAt ?? Date.parse(startsAt);
  const rest = own.length > 0 ? own : snapshot.sessions.filter(({ isBreak }) => !isBreak);
  const next =
    rest.find((one) => one.id !== session?.id && one.state === 'scheduled' && startOf(one) >= now) ?? null;
  const after = { next, nextAt: next && iso(startOf(next)) };
  const time = (ms: number) => timeOfDay(iso(ms), snapshot.event.zone);
  const still = { session, clock: '', clockNote: '', times: '', ...after };

  if (!session) return { ...still, tone: 'waiting', state: 'Nothing left on this stage' };
  if (session.state === 'ended')
    return { ...still, tone: 'waiting', state: 'Your session is over. Thank you' };
  if (isOnAir(session)) {
    const endsAt = expectedEnd(session);
    const left = endsAt - now;
    const times = `Ends at ${time(endsAt)}`;
    const state = session.state === 'paused' ? 'Paused: nobody sees you' : 'On air: everybody sees you';
    if (left < 0)
      return { ...still, tone: 'over', state, times, clock: countdown(-left), clockNote: 'over your time' };
    const tone = left <= soonMs ? 'soon' : 'ok';
    const clockNote = tone === 'soon' ? 'left: come to an end' : 'left';
    return { ...still, tone, state, times, clock: countdown(left), clockNote };
  }
  const startsAt = startOf(session);
  const isLate = minutesBetween(session.startsAt, startsAt) > 0;
  const planned = isLate ? `, planned ${timeOfDay(session.startsAt, snapshot.event.zone)}` : '';
  const length = span(Date.parse(session.endsAt) - Date.parse(session.startsAt));
  return {
    ...still,
    tone: 'waiting',
    state: startsAt <= now ? 'Any moment now' : 'Not on air yet',
    clock: startsAt <= now ? '0:00' : countdown(startsAt - now),
    clockNote: 'until you start',
    times: `${isLate ? 'About ' : ''}${time(startsAt)}${planned}, for ${length}`,
  };
}

export interface QuestionGroups {
  readonly live: readonly LiveQuestion[];
  readonly own: readonly LiveQuestion[];
  readonly others: readonly LiveQuestion[];
}

/** What is being answered, what was put to this speaker, and the rest by votes. */
export function questionGroups(snapshot: LiveSnapshot, speakerId: string | null): QuestionGroups {
  const open = snapshot.questions.filter(({ state }) => state === 'visible' || state === 'queue');
  const isOwn = ({ assignedTo }: LiveQuestion) => speakerId !== null && assignedTo === speakerId;
  const byVotes = (one: LiveQuestion, other: LiveQuestion) => other.votes - one.votes;
  return {
    live: snapshot.questions.filter(({ state }) => state === 'live'),
    own: open.filter(isOwn).sort(byVotes),
    others: open.filter((question) => !isOwn(question) && question.state === 'visible').sort(byVotes),
  };
}
