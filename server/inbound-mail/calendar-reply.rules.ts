import ICAL from 'ical.js';
import { comparableAddress, type ReceivedMail } from '../platform/mail/parse-received-mail.ts';

export const answers = { ACCEPTED: 'accepted', TENTATIVE: 'tentative', DECLINED: 'declined' } as const;

/** One person's answer to one invite (RFC 5546, 3.2.3). */
export interface CalendarReply {
  readonly uid: string;
  /** Comparable. */
  readonly attendee: string;
  readonly answer: (typeof answers)[keyof typeof answers];
  readonly sequence: number;
  readonly stamp: Date;
}

/** What the calendar in a mail says; null when it holds none. */
export type ReadCalendar =
  { readonly reply: CalendarReply } | { readonly reply: null; readonly reason: Reason };
type Reason = 'malformed-reply' | 'other-calendar-method' | 'no-answer';

// A reply names one event and one person; more is meant for somebody else, or to keep us busy.
const mostBytes = 64 * 1024;
const mostLines = 1_000;
const mostComponents = 30;
const longestUid = 255;

export function readCalendar({ parts }: Pick<ReceivedMail, 'parts'>): ReadCalendar | null {
  const part =
    parts.find(({ type }) => type === 'text/calendar') ??
    parts.find(({ type }) => type === 'application/ics');
  if (!part) return null;
  const malformed = { reply: null, reason: 'malformed-reply' } as const;
  try {
    return readReply(part.content) ?? malformed;
  } catch {
    // The parser throws at a value only when the value is asked for.
    return malformed;
  }
}

/** null for what is no calendar. */
function readReply(content: Buffer): ReadCalendar | null {
  const calendar = content.length <= mostBytes ? parse(content.toString('utf8')) : null;
  if (!calendar) return null;
  if (textOf(calendar, 'method').toUpperCase() !== 'REPLY')
    return { reply: null, reason: 'other-calendar-method' };
  const [event, ...events] = calendar.getAllSubcomponents('vevent');
  const [attendee, ...attendees] = event?.getAllProperties('attendee') ?? [];
  if (!event || !attendee || events.length > 0 || attendees.length > 0) return null;
  const uid = textOf(event, 'uid');
  const address = comparableAddress(String(attendee.getFirstValue()).replace(/^mailto:/i, ''));
  const sequence = Number(textOf(event, 'sequence') || '0');
  const stamp = instantOf(event);
  if (!uid || uid.length > longestUid || !address || !stamp) return null;
  if (!Number.isInteger(sequence) || sequence < 0) return null;
  const said = String(attendee.getFirstParameter('partstat')).toUpperCase();
  const answer = isAnswer(said) ? answers[said] : null;
  return answer
    ? { reply: { uid, attendee: address, answer, sequence, stamp } }
    : { reply: null, reason: 'no-answer' };
}

function parse(text: string): ICAL.Component | null {
  const lines = text.split('\n');
  const components = lines.filter((line) => /^BEGIN:/i.test(line));
  if (lines.length > mostLines || components.length > mostComponents) return null;
  return new ICAL.Component(ICAL.parse(text) as unknown[]);
}

function textOf(component: ICAL.Component, name: string): string {
  const value = component.getFirstPropertyValue(name);
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function instantOf(event: ICAL.Component): Date | null {
  const value = event.getFirstPropertyValue('dtstamp');
  if (!(value instanceof ICAL.Time) || value.zone !== ICAL.Timezone.utcTimezone) return null;
  const at = value.toJSDate();
  return Number.isNaN(at.getTime()) ? null : at;
}

const isAnswer = (said: string): said is keyof typeof answers => Object.hasOwn(answers, said);
