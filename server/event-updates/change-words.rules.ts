import { oneLine } from '../contracts/form-text.ts';
import { showDate, showTimeOfDay, showZone } from '../platform/time/show-time.ts';
import { wallTimeOfInstant } from '../platform/time/wall-time.ts';
import type { ToldEvent, ToldSession } from './told-event.rules.ts';

/** For somebody whose last invite is not known any more. */
const unknownChange = 'The details have changed. What follows is how it stands now';

/** What differs between two states, a sentence each; empty exactly when they tell the same. */
export function wordsForChanges(before: ToldEvent | null, after: ToldEvent): string[] {
  if (!before) return [unknownChange];
  return [...eventWords(before, after), ...sessionWords(before, after)];
}

/** At most `most` lines, and how many more there are. */
export function shortened(lines: readonly string[], most = 8): string[] {
  const left = lines.length - most;
  if (left <= 0) return [...lines];
  return [...lines.slice(0, most), left === 1 ? 'and one more change' : `and ${left} more changes`];
}

function eventWords(before: ToldEvent, after: ToldEvent): string[] {
  const words: string[] = [];
  if (before.title !== after.title)
    words.push(`Now called ${quoted(after.title)}, before ${quoted(before.title)}`);
  const isOtherZone = before.zone !== after.zone;
  if (isOtherZone) words.push(`All times are now in ${zoneWords(after)} instead of ${zoneWords(before)}`);
  const day = (event: ToldEvent) => dayWords(event.startsAt, event.zone, before, after);
  if (before.startsAt.getTime() !== after.startsAt.getTime()) {
    if (day(before) !== day(after)) words.push(`On ${day(after)} instead of ${day(before)}`);
    const start = (event: ToldEvent) => timeWords(event.startsAt, event, isOtherZone);
    if (start(before) !== start(after)) words.push(`Starts ${start(after)} instead of ${start(before)}`);
  }
  const end = (event: ToldEvent) => {
    const isLater = daysIn(event, event.endsAt) > 0;
    const endDay = isLater ? ` on ${dayWords(event.endsAt, event.zone, before, after)}` : '';
    return timeWords(event.endsAt, event, isOtherZone) + endDay;
  };
  const isEndMoved = placeIn(before, before.endsAt) !== placeIn(after, after.endsAt) || isOtherZone;
  if (before.endsAt.getTime() !== after.endsAt.getTime() && isEndMoved && end(before) !== end(after))
    words.push(`Ends ${end(after)} instead of ${end(before)}`);
  return words;
}

function sessionWords(before: ToldEvent, after: ToldEvent): string[] {
  const lines: { readonly at: Date; readonly text: string }[] = [];
  const earlier = new Map(before.sessions.map((session) => [session.id, session]));
  for (const session of after.sessions) {
    const known = earlier.get(session.id);
    earlier.delete(session.id);
    if (session.isCancelled) {
      if (known && !known.isCancelled) lines.push(cancelled(known));
      continue;
    }
    const texts =
      known && !known.isCancelled
        ? changesOf(known, session, before, after)
        : known
          ? [`${quoted(session.title)} takes place after all, at ${startIn(after, session)}`]
          : [`New at ${startIn(after, session)}: ${quoted(session.title)}`];
    lines.push(...texts.map((text) => ({ at: session.startsAt, text })));
  }
  for (const session of earlier.values()) if (!session.isCancelled) lines.push(cancelled(session));
  return lines.sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ text }) => text);
}

const cancelled = ({ title, startsAt }: ToldSession) => ({
  at: startsAt,
  text: `${quoted(title)} is cancelled`,
});

function changesOf(was: ToldSession, is: ToldSession, before: ToldEvent, after: ToldEvent): string[] {
  const words: string[] = [];
  if (was.title !== is.title) words.push(`${quoted(is.title)} is the new title of ${quoted(was.title)}`);
  // One that moved along with its event keeps its time of the day, and the event's own line says the rest.
  const isMoved =
    was.startsAt.getTime() !== is.startsAt.getTime() &&
    placeIn(before, was.startsAt) !== placeIn(after, is.startsAt);
  const isLonger = lengthOf(was) !== lengthOf(is);
  const end = showTimeOfDay(is.endsAt, after.zone);
  if (isMoved)
    words.push(
      `${quoted(is.title)} starts ${startIn(after, is)} instead of ${startIn(before, was)}${isLonger ? `, and ends ${end}` : ''}`,
    );
  else if (isLonger)
    words.push(`${quoted(is.title)} ends ${end} instead of ${showTimeOfDay(was.endsAt, before.zone)}`);
  return words;
}

const lengthOf = ({ startsAt, endsAt }: ToldSession) => endsAt.getTime() - startsAt.getTime();

/** "14:10", and the day where it is not the event's first. */
function startIn(event: ToldEvent, { startsAt }: ToldSession): string {
  const time = showTimeOfDay(startsAt, event.zone);
  return daysIn(event, startsAt) === 0 ? time : `${time} on ${withoutYear(showDate(startsAt, event.zone))}`;
}

const dateIn = (instant: Date, zone: string) => Date.parse(wallTimeOfInstant(instant, zone).slice(0, 10));

/** Days from the first day of the event, in its zone. */
const daysIn = (event: ToldEvent, instant: Date) =>
  (dateIn(instant, event.zone) - dateIn(event.startsAt, event.zone)) / 86_400_000;

/** Day and time as the agenda has them, wherever the event itself moves. */
const placeIn = (event: ToldEvent, instant: Date) =>
  `${daysIn(event, instant)} ${showTimeOfDay(instant, event.zone)}`;

const timeWords = (instant: Date, { zone }: ToldEvent, withZone: boolean) =>
  showTimeOfDay(instant, zone) + (withZone ? ` ${showZone(instant, zone)}` : '');

/** "Wednesday 24 March", with the year when that is what changed. */
function dayWords(instant: Date, zone: string, before: ToldEvent, after: ToldEvent): string {
  const year = ({ startsAt, zone: shownIn }: ToldEvent) => showDate(startsAt, shownIn).slice(-4);
  const date = showDate(instant, zone);
  return year(before) === year(after) ? withoutYear(date) : date;
}

const withoutYear = (date: string) => date.replace(/ \d{4}$/, '');

const zoneWords = ({ zone, startsAt }: ToldEvent) => `${zone} (${showZone(startsAt, zone)})`;

/** A title inside a sentence: one line, and not so long that the sentence is lost. */
function quoted(title: string): string {
  const characters = [...oneLine(title)];
  return `“${characters.length > 90 ? `${characters.slice(0, 89).join('')}…` : characters.join('')}”`;
}

/** The agenda for a mail: what fits, and how many sessions do not. */
export function agendaRowsOf(state: ToldEvent, most = 40) {
  const sessions = state.sessions.filter(({ isCancelled }) => !isCancelled);
  const agenda = sessions
    .slice(0, most)
    .map((session) => ({ time: startIn(state, session), title: oneLine(session.title), note: '' }));
  return { agenda, moreSessions: Math.max(0, sessions.length - most) };
}
