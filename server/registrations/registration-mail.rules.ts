import { showTimeOfDay } from '../platform/time/show-time.ts';

/** What a person quotes to the organiser: short enough to say on the phone. */
export const referenceOf = (registrationId: string): string =>
  `${registrationId.slice(0, 4)}-${registrationId.slice(4, 8)}`.toUpperCase();

interface MailedSession {
  readonly title: string;
  readonly kind: string;
  readonly state: string;
  readonly startsAt: Date;
  readonly speakerIds: readonly string[];
}

const leading = ['keynote', 'debate', 'interview', 'panel', 'case-study'];
const framing = ['break', 'welcome', 'closing'];
const shownAtMost = 3;

/** A few sessions that make somebody look forward to the day, in order of time. */
export function highlightsOf(
  sessions: readonly MailedSession[],
  speakers: readonly { readonly _id: string; readonly name: string }[],
  zone: string,
): { time: string; title: string; note: string }[] {
  const weight = ({ kind }: MailedSession) =>
    leading.includes(kind) ? leading.indexOf(kind) : leading.length;
  const names = new Map(speakers.map(({ _id, name }) => [_id, name]));
  return sessions
    .filter(({ kind, state }) => state !== 'cancelled' && !framing.includes(kind))
    .sort((a, b) => weight(a) - weight(b) || a.startsAt.getTime() - b.startsAt.getTime())
    .slice(0, shownAtMost)
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
    .map(({ title, kind, startsAt, speakerIds }) => ({
      time: showTimeOfDay(startsAt, zone),
      title,
      note: [wordOf(kind), ...speakerIds.flatMap((id) => names.get(id) ?? [])].join(', '),
    }));
}

const wordOf = (kind: string) => (kind.charAt(0).toUpperCase() + kind.slice(1)).replace('-', ' ');
