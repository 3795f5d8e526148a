import { speakerChanged } from '../../emails/speaker-changed.tsx';
import { speakerInvited, type SpeakerSession } from '../../emails/speaker-invited.tsx';
import { speakerWithdrawn } from '../../emails/speaker-withdrawn.tsx';
import type { Deps } from '../deps.ts';
import { getOrganiser } from '../organisers/organiser.queries.ts';
import { readyMail } from '../platform/mail/ready-mail.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { datelineOf } from '../platform/time/show-time.ts';
import { inviteSpeakers } from './invite-speakers.ts';
import { noteSpeakerTold } from './note-speaker-told.ts';
import { scheduleSpeakerInvites } from './schedule-speaker-invites.ts';
import { speakerInvite } from './speaker-calendar.rules.ts';
import { changesInWords } from './speaker-changes.rules.ts';
import { findSpeakerInvite, type SpeakerInvite } from './speaker-invite.queries.ts';
import type { InviteContent } from './speaker-invite.rules.ts';

export const speakerInviteJobs = {
  async 'speakers:changed'({ eventId }, { at, deps }) {
    const dueAt = new Date(at.getTime() + deps.config.updateDelayMinutes * 60_000);
    await scheduleSpeakerInvites(eventId, dueAt, at);
  },

  async 'speakers:invites-due'({ eventId }, { deps }) {
    await inviteSpeakers({ eventId }, deps);
  },

  async 'speaker:invited'({ speakerInviteId, method, sequence }, { at, deps }) {
    const invite = await findSpeakerInvite(speakerInviteId);
    // A later message tells more, or takes back what was never told.
    if (!invite || invite.sequence !== sequence || (method === 'CANCEL' && !invite.told))
      return { skipped: 'superseded' };
    const { content, told, email, changedAt, organiserId, eventId } = invite;
    const organiser = await getOrganiser(organiserId);
    const to = { name: content.speakerName, address: email };
    const calendar = speakerInvite(method, {
      ...{ uid: speakerInviteId, sequence, stamp: changedAt, email, content },
      organiser: { name: organiser.name, address: deps.config.mailFrom },
      publicUrl: deps.config.publicUrl,
    });
    const replyTo = { name: organiser.name, address: organiser.contactEmail };
    const mail = {
      messageId: `speaker.${speakerInviteId}.${sequence}`,
      about: { organiserId, eventId, registrationId: null },
      ...{ fromName: organiser.name, replyTo, to },
      ...message(invite, told ?? null, organiser.name, deps),
      invite: calendar,
      expiresAt: content.endsAt,
    };
    await addOutboxMessages([readyMail(mail, { at, orderKey: `speaker-invite:${speakerInviteId}` })]);
    await noteSpeakerTold({ speakerInviteId, content }, deps);
  },
} satisfies Partial<OutboxHandlers>;

function message(
  { state, content, withdrawnBecause }: SpeakerInvite,
  told: InviteContent | null,
  organiserName: string,
  { config }: Deps,
) {
  const session = sessionOf(content, organiserName, config.publicUrl);
  const site = { name: 'Plenary', url: config.publicUrl };
  if (state === 'withdrawn')
    return speakerWithdrawn({ session, site, because: withdrawnBecause ?? 'not-on-session' });
  return told
    ? speakerChanged({ session, site, changes: changesInWords(told, content) })
    : speakerInvited({ session, site });
}

function sessionOf(content: InviteContent, organiserName: string, publicUrl: string): SpeakerSession {
  const eventUrl = `${publicUrl}/events/${content.eventSlug}`;
  return {
    speaker: { name: content.speakerName },
    title: content.sessionTitle,
    role: content.role,
    stage: content.stage ?? null,
    dateline: datelineOf(content),
    others: content.others,
    event: { title: content.eventTitle, lang: content.eventLang, url: eventUrl },
    liveUrl: `${eventUrl}/live`,
    organiser: { name: organiserName },
  };
}
