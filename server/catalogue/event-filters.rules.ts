import { monthOf, nameOfMonth } from './event-card.rules.ts';
import { slugOfTopic } from './topic.rules.ts';

/** What the form of `/events` sends by GET, as it came: unknown values stay and match nothing. */
export interface EventFilters {
  readonly topic: string;
  readonly month: string;
  readonly show: string;
}

/** Of a repeated parameter the first counts; nothing is too odd to be answered. */
export function readEventFilters(query: Readonly<Record<string, unknown>>): EventFilters {
  const first = (name: string) => {
    const value = Object.hasOwn(query, name) ? query[name] : undefined;
    const text: unknown = Array.isArray(value) ? value[0] : value;
    return typeof text === 'string' ? text.slice(0, 80) : '';
  };
  return { topic: first('topic'), month: first('month'), show: first('show') || 'coming' };
}

interface Filtered {
  readonly topics: readonly string[];
  readonly startsAt: Date;
  readonly zone: string;
}

export function matchesFilters(event: Filtered, { topic, month }: EventFilters): boolean {
  return (
    (topic === '' || event.topics.some((name) => slugOfTopic(name) === topic)) &&
    (month === '' || monthOf(event) === month)
  );
}

/** The choices that lead somewhere: topics and months that the events shown now have. */
export function filterChoices(events: readonly Filtered[], now: Date) {
  const topics = [...new Set(events.flatMap((event) => event.topics))].sort((a, b) =>
    a.localeCompare(b, 'en-GB'),
  );
  const months = [...new Set(events.map(monthOf))];
  return {
    topics: topics.map((name) => ({ value: slugOfTopic(name), label: name })),
    months: months.map((iso) => ({ value: iso, label: nameOfMonth(iso, now) })),
  };
}
