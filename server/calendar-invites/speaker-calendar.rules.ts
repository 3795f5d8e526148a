import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import { datelineOf } from '../platform/time/show-time.ts';
import { inviteCalendar } from './calendar-invite.rules.ts';
import type { InviteContent, SpeakerRole } from './speaker-invite.rules.ts';

/** Earlier than for those who watch: sound and picture are tried first. */
const alarmInMinutes = 30;

const titles: Readonly<Record<SpeakerRole, string>> = {
  speaks: 'You speak',
  leads: 'You lead',
  'speaks-and-leads': 'You speak and lead',
};

const parts: Readonly<Record<SpeakerRole, string>> = {
  speaks: 'You speak in this session.',
  leads: 'You lead this session.',
  'speaks-and-leads': 'You speak in this session and lead it.',
};

interface Circumstances {
  readonly uid: string;
  readonly sequence: number;
  readonly stamp: Date;
  readonly email: string;
  readonly content: InviteContent;
  readonly organiser: { readonly name: string; readonly address: string };
  /** Without a trailing slash. */
  readonly publicUrl: string;
}

/** The calendar entry of somebody's own session. Its link is everybody's: who speaks signs in there. */
export function speakerInvite(
  method: 'REQUEST' | 'CANCEL',
  { content, publicUrl, ...invite }: Circumstances,
): NonNullable<OutboxPayload<'mail:ready'>['invite']> {
  const eventUrl = `${publicUrl}/events/${content.eventSlug}`;
  const ics = inviteCalendar(method, {
    uid: invite.uid,
    sequence: invite.sequence,
    stamp: invite.stamp,
    startsAt: content.startsAt,
    endsAt: content.endsAt,
    title: `${titles[content.role]}: ${content.sessionTitle} (${content.eventTitle})`,
    description: method === 'REQUEST' ? descriptionOf(content, eventUrl) : 'This entry is withdrawn.',
    url: `${eventUrl}/live`,
    organiser: invite.organiser,
    attendee: { name: content.speakerName, address: invite.email },
    alarmInMinutes,
    asksForReply: false,
    isCancelled: method === 'CANCEL',
  });
  return { method, ics };
}

function descriptionOf(content: InviteContent, eventUrl: string): string {
  const { date, times, zone } = datelineOf(content);
  return [
    parts[content.role],
    `${content.sessionTitle}\n${date}, ${times} ${zone}`,
    ...(content.stage ? [`Stage: ${content.stage}`] : []),
    ...(content.others.length > 0 ? [`With: ${content.others.join(', ')}`] : []),
    `${content.eventTitle}\n${eventUrl}`,
  ].join('\n\n');
}
