import { Int32, Long } from 'bson';
import { DateTime, type DateTimeUnit } from 'luxon';
import { badValue, notImplemented, StoreError } from '../errors.ts';
import { typeOf, type Doc } from '../values/bson-types.ts';
import { toNumber } from '../values/numbers.ts';

interface DateOperator {
  /** The names of its arguments. */
  takes: readonly string[];
  apply(args: Doc): unknown;
}

const UNITS = new Set(['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond']);

/** Operators on dates; all take an IANA `timezone` or an offset such as `+02:00`. */
export const DATE_OPERATORS: ReadonlyMap<string, DateOperator> = new Map<string, DateOperator>([
  ['$dateToString', { takes: ['date', 'format', 'timezone', 'onNull'], apply: dateToString }],
  ['$dateTrunc', { takes: ['date', 'unit', 'timezone', 'startOfWeek'], apply: dateTrunc }],
  ['$dateDiff', { takes: ['startDate', 'endDate', 'unit', 'timezone', 'startOfWeek'], apply: dateDiff }],
  ['$dateAdd', { takes: ['startDate', 'unit', 'amount', 'timezone'], apply: (args) => shift(args, 1) }],
  ['$dateSubtract', { takes: ['startDate', 'unit', 'amount', 'timezone'], apply: (args) => shift(args, -1) }],
  ['$year', part((date) => date.year)],
  ['$month', part((date) => date.month)],
  ['$dayOfMonth', part((date) => date.day)],
  ['$dayOfWeek', part((date) => (date.weekday % 7) + 1)],
  ['$hour', part((date) => date.hour)],
  ['$minute', part((date) => date.minute)],
]);

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function inZone(value: unknown, timezone: unknown): DateTime {
  if (!(value instanceof Date))
    throw new StoreError(16006, `can't convert from BSON type ${typeOf(value)} to Date`);
  const zone = timezone === undefined ? 'UTC' : timezone;
  if (typeof zone !== 'string') throw new StoreError(40517, 'timezone must evaluate to a string');
  const offset = /^[+-]\d\d(:?\d\d)?$/.test(zone);
  const date = DateTime.fromJSDate(value, {
    zone: offset ? `UTC${zone.slice(0, 3)}:${zone.slice(-2)}` : zone,
  });
  if (!date.isValid) throw new StoreError(40485, `unrecognized time zone identifier: "${zone}"`);
  return date;
}

function part(read: (date: DateTime) => number): DateOperator {
  return {
    takes: ['date', 'timezone'],
    apply: ({ date, timezone }) => (isAbsent(date) ? null : new Int32(read(inZone(date, timezone)))),
  };
}

/** What each format letter of `$dateToString` stands for, in luxon's words. */
const FORMATS = new Map([
  ['Y', 'yyyy'],
  ['m', 'MM'],
  ['d', 'dd'],
  ['H', 'HH'],
  ['M', 'mm'],
  ['S', 'ss'],
  ['L', 'SSS'],
  ['j', 'ooo'],
  ['G', 'kkkk'],
  ['V', 'WW'],
  ['u', 'E'],
  ['z', 'ZZZ'],
]);

function dateToString({ date, format, timezone, onNull }: Doc): unknown {
  if (isAbsent(date)) return onNull ?? null;
  const local = inZone(date, timezone);
  const template = format ?? '%Y-%m-%dT%H:%M:%S.%LZ';
  if (typeof template !== 'string')
    throw new StoreError(18533, '$dateToString requires that format be a string');
  return template.replace(/%(.?)/gs, (_, letter: string) => {
    if (letter === '%') return '%';
    const token = FORMATS.get(letter);
    if (token === undefined) throw notImplemented(`The $dateToString format %${letter}`);
    return local.toFormat(token);
  });
}

function unitOf(unit: unknown): DateTimeUnit {
  if (typeof unit !== 'string' || !UNITS.has(unit))
    throw badValue(`unknown time unit value: ${String(unit)}`);
  return unit as DateTimeUnit;
}

/** The beginning of a unit; MongoDB's weeks begin on Sunday unless told otherwise. */
function startOf(date: DateTime, unit: DateTimeUnit, startOfWeek: unknown): DateTime {
  if (unit !== 'week') return date.startOf(unit);
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  const name = startOfWeek ?? 'sunday';
  const first = typeof name === 'string' ? days.indexOf(name.toLowerCase().slice(0, 3)) : -1;
  if (first < 0) throw badValue('unknown day of week value for startOfWeek');
  return date.startOf('day').minus({ days: (date.weekday - first + 7) % 7 });
}

function dateTrunc({ date, unit, timezone, startOfWeek }: Doc): unknown {
  if (isAbsent(date) || isAbsent(unit)) return null;
  return startOf(inZone(date, timezone), unitOf(unit), startOfWeek).toJSDate();
}

/** Counts the beginnings of a unit between two dates, not full units. */
function dateDiff({ startDate, endDate, unit, timezone, startOfWeek }: Doc): unknown {
  if (isAbsent(startDate) || isAbsent(endDate) || isAbsent(unit)) return null;
  const name = unitOf(unit);
  const [from, to] = [startDate, endDate].map((date) => startOf(inZone(date, timezone), name, startOfWeek));
  return Long.fromNumber(Math.round((to as DateTime).diff(from as DateTime, name).as(name)));
}

function shift({ startDate, unit, amount, timezone }: Doc, direction: number): unknown {
  if (isAbsent(startDate) || isAbsent(unit) || isAbsent(amount)) return null;
  return inZone(startDate, timezone)
    .plus({ [unitOf(unit)]: direction * toNumber(amount) })
    .toJSDate();
}
