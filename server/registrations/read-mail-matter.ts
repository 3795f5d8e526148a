import { calendarLinks } from '../calendar-invites/calendar-links.rules.ts';
import { registrationInvite } from '../calendar-invites/registration-invite.rules.ts';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { getOrganiser } from '../organisers/organiser.queries.ts';
import { oncePerTransaction } from '../platform/database/transaction.ts';
import { datelineOf } from '../platform/time/show-time.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { listSpeakersByIds } from '../speakers/speaker.queries.ts';
import { highlightsOf } from './registration-mail.rules.ts';

export interface Holder {
  readonly name: string;
  readonly address: string;
}

/** What every mail about a place at one event is made of; read once for a batch of messages. */
export function readMailMatter(eventId: string, at: Date, deps: Deps): Promise<MailMatter> {
  return oncePerTransaction(`mail matter ${eventId} ${at.getTime()}`, () => readMatter(eventId, at, deps));
}

async function readMatter(eventId: string, at: Date, deps: Deps) {
  const { publicUrl } = deps.config;
  const event = await getEvent(eventId);
  const [organiser, sessions] = await Promise.all([
    getOrganiser(event.organiserId),
    listSessionsOfEvent(eventId),
  ]);
  const speakers = await listSpeakersByIds(event.organiserId, [
    ...new Set(sessions.flatMap(({ speakerIds }) => speakerIds)),
  ]);
  const url = `${publicUrl}/events/${event.slug}`;
  const frame = {
    fromName: organiser.name,
    replyTo: { name: organiser.name, address: organiser.contactEmail },
  };
  return {
    site: { name: 'Plenary', url: publicUrl },
    event: {
      title: event.title,
      lang: event.lang,
      dateline: datelineOf(event),
      url,
      organiser: { name: organiser.name, email: organiser.contactEmail },
    },
    startsAt: event.startsAt,
    zone: event.zone,
    /** Of the event as it is read here; what an invite made of it tells. */
    toldVersion: event.toldVersion,
    cancellationReason: event.cancellationReason ?? null,
    calendar: calendarLinks({ ...event, url }, `${url}.ics`),
    highlights: highlightsOf(sessions, speakers, event.zone),

    /** The invite to a place, with its personal link. */
    invite: (
      holder: Holder,
      uid: string,
      sequence: number,
      joinUrl: string,
      changes: readonly string[] = [],
    ) => invite('REQUEST', holder, uid, sequence, joinUrl, changes),
    /** Takes an invite out of its calendar again. */
    withdrawal: (holder: Holder, uid: string, sequence: number) =>
      invite('CANCEL', holder, uid, sequence, url, []),
    /** A rendered message, on its way to one person. */
    mail: (
      messageId: string,
      to: Holder,
      message: { subject: string; html: string; text: string },
      attached: OutboxPayload<'mail:ready'>['invite'],
    ) => ({ ...frame, messageId, to, ...message, invite: attached }),
  };

  function invite(
    method: 'REQUEST' | 'CANCEL',
    holder: Holder,
    uid: string,
    sequence: number,
    link: string,
    changes: readonly string[],
  ) {
    return registrationInvite(method, {
      place: { uid, sequence, holder, url: link },
      event,
      sessions,
      organiser: { name: organiser.name, address: deps.config.mailFrom },
      stamp: at,
      asksForReply: deps.config.inbound !== null,
      changes,
    });
  }
}

export type MailMatter = Awaited<ReturnType<typeof readMatter>>;
