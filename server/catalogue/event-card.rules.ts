import type { EventCard, EventMonth, Places, RegistrationWindow } from '../contracts/event-card.ts';
import { shownEventState, type EventCourse } from '../events/event.rules.ts';
import { refusalAt, type RegistrationTimes } from '../registrations/registration.rules.ts';
import { datelineOf, showCalendarDay, showDate, showMonth } from '../platform/time/show-time.ts';
import { wallTimeOfInstant } from '../platform/time/wall-time.ts';

export interface CardEvent extends EventCourse, RegistrationTimes {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly lang: string;
  readonly topics: readonly string[];
  readonly zone: string;
}

/** Language to declare on content that is not in the language of the interface. */
export const foreignLang = (lang: string): string | null => (lang.startsWith('en') ? null : lang);

/** Whether a stranger could take a place at `now`. */
export function registrationWindow(event: RegistrationTimes, places: Places, now: Date): RegistrationWindow {
  switch (refusalAt(event, now)) {
    case 'not-open':
    case 'not-published':
      return 'not-yet-open';
    case 'closed':
    case 'cancelled-event':
      return 'closed';
    case null:
      return places.capacity !== null && places.taken >= places.capacity ? 'sold-out' : 'open';
  }
}

export function eventCard(
  event: CardEvent,
  sessions: readonly { readonly state: string; readonly kind: string }[],
  places: Places,
  now: Date,
): EventCard {
  const registration = registrationWindow(event, places, now);
  const opensAt = event.registrationOpensAt;
  return {
    slug: event.slug,
    title: event.title,
    summary: event.summary,
    lang: foreignLang(event.lang),
    topics: event.topics,
    dateline: datelineOf(event),
    ...showCalendarDay(event.startsAt, event.zone),
    price: 'Free',
    state: shownEventState(event, sessions, now),
    registration,
    registrationOpensOn: registration === 'not-yet-open' && opensAt ? showDate(opensAt, event.zone) : null,
    places,
  };
}

/** "2027-03", in the zone of the event. */
export const monthOf = (event: { readonly startsAt: Date; readonly zone: string }): string =>
  wallTimeOfInstant(event.startsAt, event.zone).slice(0, 7);

/** "March", or "January 2028" in another year than `now`'s. */
export function nameOfMonth(iso: string, now: Date): string {
  const name = showMonth(new Date(`${iso}-15T12:00:00Z`), 'UTC');
  return iso.startsWith(String(now.getUTCFullYear())) ? name.replace(/ \d+$/, '') : name;
}

/** Gathers cards into months, in the order they come. */
export function groupByMonth(
  cards: readonly { readonly iso: string; readonly card: EventCard }[],
  now: Date,
): EventMonth[] {
  const months = new Map<string, EventCard[]>();
  for (const { iso, card } of cards) months.set(iso, [...(months.get(iso) ?? []), card]);
  return [...months].map(([iso, events]) => ({ iso, name: nameOfMonth(iso, now), events }));
}
