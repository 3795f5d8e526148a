import { isTimeZone } from '../platform/time/wall-time.ts';

const usualTopics = [
  'Data and AI',
  'Digital',
  'Estates',
  'Finance',
  'Health',
  'Housing',
  'Leadership',
  'Net zero',
  'People and skills',
  'Procurement',
  'Transport',
];

type Typed = string | readonly string[] | undefined;
const list = (typed: Typed): readonly string[] =>
  typed === undefined ? [] : typeof typed === 'string' ? [typed] : typed;

/** The usual topics, those in use, and those that came with the form. */
export function offeredTopics(inUse: readonly string[], typed: Typed) {
  const names = new Set([...usualTopics, ...inUse, ...list(typed)]);
  return [...names].sort((a, b) => a.localeCompare(b, 'en-GB')).map((name) => ({ value: name, label: name }));
}

/** Every zone the server knows, and the one that is stored, which may go by an older name. */
export function offeredTimeZones(typed: Typed) {
  const zones = new Set(['Europe/London', 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  for (const zone of list(typed)) if (isTimeZone(zone)) zones.add(zone);
  return [...zones].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}
