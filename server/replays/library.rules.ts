import slugify from '@sindresorhus/slugify';
import type { ReplayCard, ReplayProgress } from '../contracts/event-card.ts';
import { foldedWords } from '../contracts/folded-text.ts';
import { showMonth } from '../platform/time/show-time.ts';
import { lengthInWords, lengthOfReplay, showPosition, type Stretch } from './replay.rules.ts';

interface Entry {
  readonly replay: Stretch & { readonly _id: string };
  readonly event: {
    readonly slug: string;
    readonly title: string;
    readonly zone: string;
    readonly topics: readonly string[];
  };
  readonly session: { readonly title: string; readonly summary: string };
  readonly speakers: readonly {
    readonly slug: string;
    readonly name: string;
    readonly organisation: string;
  }[];
}

/** What the form of `/replays` sends by GET; unknown values match nothing. */
export interface LibraryFilters {
  readonly event: string;
  readonly topic: string;
  readonly speaker: string;
  readonly q: string;
}

const longestFilter = 100;
const mostSearchWords = 8;

export function readLibraryFilters(query: Readonly<Record<string, unknown>>): LibraryFilters {
  const first = (name: string) => {
    const value = Object.hasOwn(query, name) ? query[name] : undefined;
    const text: unknown = Array.isArray(value) ? value[0] : value;
    return typeof text === 'string' ? text.slice(0, longestFilter).trim() : '';
  };
  return { event: first('event'), topic: first('topic'), speaker: first('speaker'), q: first('q') };
}

export const searchWords = (q: string): string[] => [...new Set(foldedWords(q))].slice(0, mostSearchWords);

/** Every word is in what is told about a replay, as the beginning of a word, or is said in it. */
export function matchesLibrary(
  { replay, event, session, speakers }: Entry,
  filters: LibraryFilters,
  spokenIn: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (filters.event !== '' && event.slug !== filters.event) return false;
  if (filters.topic !== '' && !event.topics.some((topic) => slugify(topic) === filters.topic)) return false;
  if (filters.speaker !== '' && !speakers.some(({ slug }) => slug === filters.speaker)) return false;
  const words = searchWords(filters.q);
  if (words.length === 0) return true;
  const people = speakers.map(({ name, organisation }) => `${name} ${organisation}`).join(' ');
  const told = foldedWords(
    `${session.title} ${session.summary} ${event.title} ${event.topics.join(' ')} ${people}`,
  );
  return words.every(
    (word) => told.some((one) => one.startsWith(word)) || (spokenIn.get(word)?.has(replay._id) ?? false),
  );
}

const byLabel = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label, 'en-GB');

/** The choices that lead somewhere. */
export function libraryChoices(entries: readonly Entry[]) {
  const events = new Map(entries.map(({ event }) => [event.slug, event.title]));
  const topics = new Map(entries.flatMap(({ event }) => event.topics.map((name) => [slugify(name), name])));
  const speakers = new Map(entries.flatMap((entry) => entry.speakers.map(({ slug, name }) => [slug, name])));
  const choices = (names: ReadonlyMap<string, string>) =>
    [...names].map(([value, label]) => ({ value, label })).sort(byLabel);
  return { events: choices(events), topics: choices(topics), speakers: choices(speakers) };
}

/** Nearer to either end somebody has not begun, or is done. */
const edgeMs = 15_000;

/** How far somebody is; null: where there is nothing to go on with. */
export function progressOf(
  replay: Stretch & { readonly _id: string },
  position: { readonly seconds?: number | null } | undefined,
): ReplayProgress | null {
  const length = lengthOfReplay(replay);
  const at = (position?.seconds ?? 0) * 1_000;
  if (at <= edgeMs || at >= length - edgeMs) return null;
  return {
    path: `/replays/${replay._id}?t=${Math.floor(at / 1_000)}`,
    at: showPosition(at),
    percent: Math.round((at / length) * 100),
  };
}

export function replayCard(
  { replay, event, session, speakers }: Entry,
  positions: ReadonlyMap<string, { readonly seconds?: number | null }> = new Map(),
): ReplayCard {
  return {
    path: `/replays/${replay._id}`,
    title: session.title,
    slug: replay._id,
    length: lengthInWords(lengthOfReplay(replay)),
    topic: event.topics[0] ?? null,
    month: showMonth(replay.from, event.zone),
    who: speakers.map(({ name }) => name).join(', '),
    summary: session.summary || null,
    progress: progressOf(replay, positions.get(replay._id)),
  };
}

const mostRelated = 3;

/** What to watch next: of the same event first, then of the same topic. */
export function relatedTo<E extends Entry>(entry: Entry, entries: readonly E[]): E[] {
  const others = entries.filter(({ replay }) => replay._id !== entry.replay._id);
  const isOfEvent = ({ event }: Entry) => event.slug === entry.event.slug;
  const isOfTopic = ({ event }: Entry) => event.topics.some((topic) => entry.event.topics.includes(topic));
  const related = [...others.filter(isOfEvent), ...others.filter((one) => !isOfEvent(one) && isOfTopic(one))];
  return related.slice(0, mostRelated);
}
