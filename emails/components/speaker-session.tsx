import type { Dateline } from '../../server/contracts/dateline.ts';
import { Facts, type MailFact } from './facts.tsx';

/** One session, as the mails to those who speak or lead tell it. */
export interface SpeakerSession {
  readonly speaker: { readonly name: string };
  readonly title: string;
  readonly role: 'speaks' | 'leads' | 'speaks-and-leads';
  readonly stage: string | null;
  readonly dateline: Dateline;
  /** Who else speaks or leads. */
  readonly others: readonly string[];
  readonly event: { readonly title: string; readonly lang: string; readonly url: string };
  /** Where the live room is. */
  readonly liveUrl: string;
  readonly organiser: { readonly name: string };
}

const roleWords = { speaks: 'Speaker', leads: 'Chair', 'speaks-and-leads': 'Speaker and chair' } as const;

/** What stands in the calendar, in words. */
export function factsOf({ title, role, stage, dateline, others, event }: SpeakerSession): MailFact[] {
  return [
    { term: 'Session', lines: [title] },
    { term: 'Event', lines: [event.title] },
    { term: 'When', lines: [dateline.date, `${dateline.times} ${dateline.zone}`] },
    { term: 'Where', lines: [stage ? `Online, on ${stage}` : 'Online, in your browser'] },
    { term: 'Your part', lines: [roleWords[role]] },
    ...(others.length > 0 ? [{ term: 'With', lines: others }] : []),
  ];
}

export const SessionFacts = ({ session }: { session: SpeakerSession }) => (
  <Facts caption="Your session" facts={factsOf(session)} />
);

export const factsText = (session: SpeakerSession): string =>
  factsOf(session)
    .map(({ term, lines }) => `${term}: ${lines.join(', ')}`)
    .join('\n');

/** Above the title of each of these mails. */
export const whenAbove = ({ dateline }: SpeakerSession): string =>
  `${dateline.date} · ${dateline.times} ${dateline.zone}`;
