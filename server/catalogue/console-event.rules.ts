import type { ConsoleEvent } from '../contracts/console-event.ts';
import { mostRows, type EventForm } from '../contracts/event-form.ts';
import type { FormState } from '../contracts/form-state.ts';
import { shownEventState, type EventCourse } from '../events/event.rules.ts';
import { datelineOf, showCalendarDay, showMonth, showTimeOfDay } from '../platform/time/show-time.ts';
import { wallTimeOfInstant } from '../platform/time/wall-time.ts';

interface WorkedOn extends EventCourse {
  readonly _id: string;
  readonly slug: string;
  readonly title: string;
  readonly zone: string;
}

export const pathOfEvent = ({ _id }: { readonly _id: string }) => `/console/events/${_id}`;

/** The event as every page of the console names it. */
export function consoleEvent(
  event: WorkedOn,
  sessions: readonly { readonly state: string; readonly kind: string }[],
  now: Date,
): ConsoleEvent {
  const { date, times, zone } = datelineOf(event);
  return {
    title: event.title,
    path: pathOfEvent(event),
    publicPath: `/events/${event.slug}`,
    when: `${date}, ${times} ${zone}`,
    state: shownEventState(event, sessions, now),
  };
}

/** "24 November, 11:14" */
export function shortMoment(at: Date, zone: string): string {
  const month = showMonth(at, zone).replace(/ \d+$/, '');
  return `${showCalendarDay(at, zone).day} ${month}, ${showTimeOfDay(at, zone)}`;
}

/** "412 of 600", "412" */
export const registeredOf = ({ capacity, taken }: { capacity: number | null; taken: number }): string =>
  capacity === null
    ? taken.toLocaleString('en-GB')
    : `${taken.toLocaleString('en-GB')} of ${capacity.toLocaleString('en-GB')}`;

type StoredEvent = Omit<
  EventForm,
  | 'date'
  | 'startTime'
  | 'endTime'
  | 'timeZone'
  | 'registrationOpensAt'
  | 'registrationClosesAt'
  | 'stages'
  | 'consents'
> & {
  readonly zone: string;
  readonly startsAtLocal: string;
  readonly endsAtLocal: string;
  readonly registrationOpensAt?: Date | null;
  readonly registrationClosesAt?: Date | null;
  readonly stages: readonly { readonly name: string }[];
  readonly consents: readonly { readonly id: string; readonly wording: string }[];
};
type FormFilledFrom = Omit<StoredEvent, 'accent' | 'capacity' | 'revision' | 'series'> & {
  readonly series?: string | null;
  readonly accent?: string | null;
  readonly capacity?: number | null;
  readonly revision: number;
};

/** The form of an event as it is stored. */
export function eventFormValues(event: FormFilledFrom): FormState['values'] {
  const wall = (at?: Date | null) => (at ? wallTimeOfInstant(at, event.zone) : '');
  const values: Record<string, string | readonly string[]> = {
    title: event.title,
    slug: event.slug,
    summary: event.summary,
    description: event.description,
    accent: event.accent ?? '',
    topics: event.topics,
    series: event.series ?? '',
    date: event.startsAtLocal.slice(0, 10),
    startTime: event.startsAtLocal.slice(11),
    endTime: event.endsAtLocal.slice(11),
    timeZone: event.zone,
    capacity: event.capacity?.toString() ?? '',
    registrationOpensAt: wall(event.registrationOpensAt),
    registrationClosesAt: wall(event.registrationClosesAt),
    stages: event.stages.map(({ name }) => name).join('\n'),
    onDemand: event.isOnDemand ? 'yes' : [],
    revision: String(event.revision),
  };
  event.questions.forEach(({ id, label, kind, options, isRequired }, index) => {
    const name = `question-${index + 1}`;
    Object.assign(values, {
      [`${name}-id`]: id,
      [`${name}-label`]: label,
      [`${name}-kind`]: kind,
      [`${name}-options`]: options.join('\n'),
      [`${name}-required`]: isRequired ? 'yes' : [],
    });
  });
  event.consents.forEach(({ id, wording }, index) => {
    values[`consent-${index + 1}-purpose`] = id;
    values[`consent-${index + 1}-wording`] = wording;
  });
  event.faqs.forEach(({ question, answer }, index) => {
    values[`faq-${index + 1}-question`] = question;
    values[`faq-${index + 1}-answer`] = answer;
  });
  return values;
}

/** How many rows of each kind to show: up to the last that holds something, and `spare` empty ones. */
export function rowsToShow(values: FormState['values'], spare = 1) {
  const rows = (kind: keyof typeof mostRows) => {
    const filled = Object.entries(values).flatMap(([name, value]) => {
      const row = new RegExp(`^${kind}-(\\d+)-(?!kind|id)`).exec(name)?.[1];
      return row && value.length > 0 ? [Number(row)] : [];
    });
    return Math.min(mostRows[kind], Math.max(0, ...filled) + spare);
  };
  return { questionRows: rows('question'), consentRows: rows('consent'), faqRows: rows('faq') };
}
