import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import { showDate, showTimeOfDay, showZone } from '../platform/time/show-time.ts';
import { inviteCalendar } from './calendar-invite.rules.ts';

export interface InvitedPlace {
  readonly uid: string;
  readonly sequence: number;
  readonly holder: { readonly name: string; readonly address: string };
  /** The personal join link; the event's address in a withdrawal. */
  readonly url: string;
}

export interface InvitedEvent {
  readonly title: string;
  readonly zone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface InvitedSession {
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: string;
}

interface Circumstances {
  readonly place: InvitedPlace;
  readonly event: InvitedEvent;
  readonly sessions: readonly InvitedSession[];
  readonly organiser: { readonly name: string; readonly address: string };
  readonly stamp: Date;
  /** Whether answers are read. */
  readonly asksForReply: boolean;
  /** What differs from the invite before, in words. */
  readonly changes?: readonly string[];
}

/** Before the start, so that there is time to find the link. */
const alarmInMinutes = 15;

/** The calendar entry of one person's place: the whole day in one entry, its agenda in words. */
export function registrationInvite(
  method: 'REQUEST' | 'CANCEL',
  { place, event, sessions, organiser, stamp, asksForReply, changes = [] }: Circumstances,
): NonNullable<OutboxPayload<'mail:ready'>['invite']> {
  const description =
    method === 'REQUEST'
      ? `Join: ${place.url}\nThis link is yours alone.\n\n${whenText(event)}\n\n${changesText(changes)}${agendaText(event, sessions)}`
      : 'This entry is withdrawn.';
  const ics = inviteCalendar(method, {
    uid: place.uid,
    sequence: place.sequence,
    stamp,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    title: event.title,
    description,
    url: place.url,
    organiser,
    attendee: place.holder,
    alarmInMinutes,
    asksForReply,
    isCancelled: method === 'CANCEL',
  });
  return { method, ics };
}

const whenText = ({ startsAt, endsAt, zone }: InvitedEvent): string =>
  `${showDate(startsAt, zone)}, ${showTimeOfDay(startsAt, zone)} to ${showTimeOfDay(endsAt, zone)} ${showZone(startsAt, zone)}`;

const changesText = (changes: readonly string[]): string =>
  changes.length > 0 ? `Changed:\n${changes.join('\n')}\n\n` : '';

function agendaText({ zone }: InvitedEvent, sessions: readonly InvitedSession[]): string {
  const lines = sessions
    .filter(({ state }) => state !== 'cancelled')
    .map(({ startsAt, title }) => `${showTimeOfDay(startsAt, zone)} ${title}`);
  return lines.length > 0 ? `Agenda\n${lines.join('\n')}` : 'The agenda follows.';
}
