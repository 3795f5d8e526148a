import { showDate, showTimeOfDay } from '../platform/time/show-time.ts';
import type { InviteContent } from './speaker-invite.rules.ts';

const roles = {
  speaks: 'You speak in it now, and do not lead it.',
  leads: 'You lead it now, and do not speak in it.',
  'speaks-and-leads': 'You both speak in it and lead it now.',
} as const;

/** What differs between two invites to one session, each in a sentence. */
export function changesInWords(before: InviteContent, after: InviteContent): string[] {
  const sentences: (string | false)[] = [
    before.sessionTitle !== after.sessionTitle &&
      `It is called “${after.sessionTitle}” instead of “${before.sessionTitle}”.`,
    ...timesInWords(before, after),
    (before.stage ?? null) !== (after.stage ?? null) && stageInWords(before.stage, after.stage),
    before.role !== after.role && roles[after.role],
    before.eventTitle !== after.eventTitle &&
      `The event is called “${after.eventTitle}” instead of “${before.eventTitle}”.`,
  ];
  return sentences.filter((sentence) => sentence !== false);
}

function timesInWords(before: InviteContent, after: InviteContent): (string | false)[] {
  const day = ({ startsAt, zone }: InviteContent) => showDate(startsAt, zone);
  const start = ({ startsAt, zone }: InviteContent) => showTimeOfDay(startsAt, zone);
  const end = ({ endsAt, zone }: InviteContent) => showTimeOfDay(endsAt, zone);
  return [
    day(before) !== day(after) && `It is on ${day(after)} instead of ${day(before)}.`,
    start(before) !== start(after) && `It starts at ${start(after)} instead of ${start(before)}.`,
    end(before) !== end(after) && `It ends at ${end(after)} instead of ${end(before)}.`,
    before.zone !== after.zone && `Times are those of ${after.zone} instead of ${before.zone}.`,
  ];
}

function stageInWords(before: string | null | undefined, after: string | null | undefined): string {
  if (!after) return `It is no longer on ${before ?? 'a stage of its own'}.`;
  return before ? `It is on ${after} instead of ${before}.` : `It is on ${after}.`;
}
