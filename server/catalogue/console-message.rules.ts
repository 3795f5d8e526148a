import type { SegmentName } from '../contracts/campaign-form.ts';
import type { FormState } from '../contracts/form-state.ts';
import { reminderNames, type ReminderName } from '../contracts/reminder.ts';
import type { Choice } from '../contracts/registration-question.ts';
import { plannedAt } from '../reminders/reminder.rules.ts';
import { showMoment } from '../platform/time/show-time.ts';
import { wallTimeOfInstant } from '../platform/time/wall-time.ts';

const reminderWords: Readonly<Record<ReminderName, string>> = {
  week: 'A week before',
  day: 'A day before',
  hour: 'An hour before',
  'ten-minutes': 'Ten minutes before',
  'thank-you': 'A thank-you after the end',
};

interface Timed {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly zone: string;
}

/** One box for each reminder, with when it leaves. */
export const reminderChoices = (event: Timed, sent: readonly ReminderName[]): Choice[] =>
  reminderNames.map((name) => ({
    value: name,
    label: `${reminderWords[name]}: ${sent.includes(name) ? 'sent' : showMoment(plannedAt(name, event), event.zone)}`,
  }));

const segmentWords: Readonly<Record<SegmentName, string>> = {
  registered: 'Everyone who has a place',
  attended: 'Everyone who came',
  'did-not-attend': 'Everyone who has a place and did not come',
  consented: 'Everyone who agreed to hear from you',
};
const segmentHints: Readonly<Record<SegmentName, string>> = {
  registered: 'about this event',
  attended: 'about this event',
  'did-not-attend': 'about this event, once it is over',
  consented: 'marketing, with a way to unsubscribe',
};

/** Whom a message may go to; marketing only where the event asked for a consent. */
export const segmentChoices = ({ consents }: { readonly consents: readonly unknown[] }): Choice[] =>
  (Object.keys(segmentWords) as SegmentName[])
    .filter((name) => name !== 'consented' || consents.length > 0)
    .map((value) => ({ value, label: `${segmentWords[value]} (${segmentHints[value]})` }));

/** Purposes that the event asks people to consent to. */
export const consentChoices = ({
  consents,
}: {
  readonly consents: readonly { readonly id: string; readonly wording: string }[];
}): Choice[] => [
  { value: '', label: 'Choose one' },
  ...consents.map(({ id, wording }) => ({ value: id, label: wording })),
];

/** "Everyone who came", "Everyone who agreed to hear from you (newsletter)" */
export const wordsForSegment = (campaign: {
  readonly segment: SegmentName;
  readonly consentId?: string | null;
}): string => segmentWords[campaign.segment] + (campaign.consentId ? ` (${campaign.consentId})` : '');

/** "one person", "412 people" */
export const peopleInWords = (count: number): string =>
  count === 1 ? 'one person' : `${count.toLocaleString('en-GB')} people`;

export const campaignFormValues = (campaign: {
  readonly subject: string;
  readonly message: string;
  readonly segment: SegmentName;
  readonly consentId?: string | null;
  readonly revision: number;
}): FormState['values'] => ({
  subject: campaign.subject,
  message: campaign.message,
  segment: campaign.segment,
  consent: campaign.consentId ?? '',
  revision: String(campaign.revision),
});

/** What an urgent message is called until its writer says otherwise. */
export function urgentSubject(event: Timed & { readonly title: string }, now: Date): string {
  const dayOf = (instant: Date) => wallTimeOfInstant(instant, event.zone).slice(0, 10);
  const day = dayOf(now) < dayOf(event.startsAt) ? 'tomorrow’s' : 'today’s';
  return `About ${day} ${event.title}`;
}
