import {
  registrationConfirmed,
  type RegistrationConfirmedProps,
} from '../../emails/registration-confirmed.tsx';
import { notFound } from '../contracts/problem.ts';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import {
  inviteSlotNames,
  inviteSlots,
  markedPlace,
  withSlots,
} from '../calendar-invites/invite-slots.rules.ts';
import { fillFrame, mailFrame } from '../platform/mail/mail-frame.ts';
import { storeFrame } from '../platform/mail/stored-frame.ts';
import type { MailToSend } from '../platform/mail/ready-mail.ts';
import type {
  DeliveryContext,
  OutboxBatchHandlers,
  OutboxHandlers,
} from '../platform/outbox/outbox-handlers.ts';
import { showDate, showTimeOfDay } from '../platform/time/show-time.ts';
import { readMailMatter, type MailMatter } from './read-mail-matter.ts';
import { referenceOf } from './registration-mail.rules.ts';
import { listRegistrationsForMail, type RegistrationForMail } from './registration.queries.ts';
import { aboutPlace, sendPlaceMails, whilePlaceStands, type PlaceMails } from './send-place-mails.ts';
import { joinPath, managePath } from './sign-links.ts';

type Confirmed = OutboxPayload<'registration:confirmed'>;

export const confirmationJobs = {
  'registration:confirmed': (payload, context) => confirmAll([payload], context),
} satisfies Partial<OutboxHandlers>;

export const confirmationBatchJobs = {
  'registration:confirmed': confirmAll,
} satisfies OutboxBatchHandlers;

const doorsBeforeMs = 15 * 60_000;

async function confirmAll(payloads: readonly Confirmed[], context: DeliveryContext): Promise<void> {
  const registrations = await listRegistrationsForMail(payloads.map(({ registrationId }) => registrationId));
  const places: PlaceMails[] = [];
  const frames = new Map<MailMatter, ConfirmationFrame>();
  for (const { registrationId, inviteUid } of payloads) {
    const registration = registrations.get(registrationId);
    if (!registration) throw notFound('that place');
    // Cancelled or passed on before this mail was written: what came later says so.
    if (registration.status !== 'confirmed' || registration.inviteUid !== inviteUid) continue;
    const matter = await readMailMatter(registration.eventId, context.at, context.deps);
    let frame = frames.get(matter);
    if (!frame) {
      frames.set(matter, (frame = confirmationFrame(matter, null)));
      await storeFrame(frame.frame, context.at);
    }
    const mails = [framedConfirmation(registration, matter, frame, context)];
    places.push({ registration, toldVersion: matter.toldVersion, mails });
  }
  await sendPlaceMails(places, 1, context);
}

/** The mail with its parts written out: for the few that are no part of a rush. */
export function confirmation(
  registration: RegistrationForMail,
  matter: MailMatter,
  passedOnBy: string | null,
  context: Pick<DeliveryContext, 'at' | 'deps'>,
): MailToSend {
  const framed = confirmationFrame(matter, passedOnBy);
  const mail = framedConfirmation(registration, matter, framed, context);
  const { html, text, ics } = fillFrame(framed.frame, mail.frame.values);
  return { ...mail, frame: null, html, text, invite: { method: 'REQUEST', ics: ics ?? '' } };
}

function framedConfirmation(
  registration: RegistrationForMail,
  matter: MailMatter,
  { frame, subject }: ConfirmationFrame,
  { at, deps }: Pick<DeliveryContext, 'at' | 'deps'>,
) {
  const { inviteUid, inviteSequence, name, email } = registration;
  const holder = { name, address: email };
  const values = {
    name,
    // Behind the slash: a mark alone makes no URL.
    joinPath: joinPath(registration, deps).slice(1),
    managePath: managePath(registration, deps).slice(1),
    reference: referenceOf(registration._id),
    registeredOn: showDate(registration.confirmedAt ?? registration.createdAt, matter.zone),
    ...inviteSlots({ uid: inviteUid, sequence: inviteSequence, holder }, at),
  };
  return {
    ...matter.mail(
      `confirmed.${inviteUid}`,
      holder,
      { subject, html: '', text: '' },
      { method: 'REQUEST', ics: '' },
    ),
    ...aboutPlace(registration, inviteUid),
    condition: whilePlaceStands(registration),
    frame: { id: frame.id, values },
  };
}

type ConfirmationFrame = ReturnType<typeof confirmationFrame>;

/** All that is the same for everybody at one event. */
function confirmationFrame(matter: MailMatter, passedOnBy: string | null) {
  let subject = '';
  const slots = ['name', 'joinPath', 'managePath', 'reference', 'registeredOn', ...inviteSlotNames] as const;
  const frame = mailFrame(slots, (mark) => {
    const message = registrationConfirmed(confirmationProps(matter, passedOnBy, mark));
    ({ subject } = message);
    const { ics } = matter.invite(...markedPlace(mark), `${matter.site.url}/${mark.joinPath}`);
    return { ...message, ics: withSlots(ics, mark) };
  });
  return { frame, subject };
}

/** What stands in the mail of one person, or in the place of it. */
export function confirmationProps(
  matter: MailMatter,
  passedOnBy: string | null,
  own: Readonly<Record<'name' | 'joinPath' | 'managePath' | 'reference' | 'registeredOn', string>>,
): RegistrationConfirmedProps {
  const { site, event, calendar, highlights, zone } = matter;
  const doorsAt = new Date(matter.startsAt.getTime() - doorsBeforeMs);
  return {
    person: { name: own.name },
    event,
    site,
    calendar,
    highlights,
    passedOnBy,
    joinUrl: `${site.url}/${own.joinPath}`,
    manageUrl: `${site.url}/${own.managePath}`,
    reference: own.reference,
    price: 'Free',
    doors: { iso: doorsAt.toISOString(), text: showTimeOfDay(doorsAt, zone) },
    registeredOn: own.registeredOn,
  };
}
