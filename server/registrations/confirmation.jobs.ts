import { registrationConfirmed } from '../../emails/registration-confirmed.tsx';
import { notFound } from '../contracts/problem.ts';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import { mailFrame } from '../platform/mail/mail-frame.ts';
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
  for (const { registrationId, inviteUid } of payloads) {
    const registration = registrations.get(registrationId);
    if (!registration) throw notFound('that place');
    // Cancelled or passed on before this mail was written: what came later says so.
    if (registration.status !== 'confirmed' || registration.inviteUid !== inviteUid) continue;
    const matter = await readMailMatter(registration.eventId, context.at, context.deps);
    const mails = [confirmation(registration, matter, null, context)];
    places.push({ registration, toldVersion: matter.toldVersion, mails });
  }
  await sendPlaceMails(places, 1, context);
}

export function confirmation(
  registration: RegistrationForMail,
  matter: MailMatter,
  passedOnBy: string | null,
  { deps }: Pick<DeliveryContext, 'deps'>,
): MailToSend {
  const { inviteUid, inviteSequence, name, email } = registration;
  const paths = { joinPath: joinPath(registration, deps), managePath: managePath(registration, deps) };
  const message = frameOf(
    matter,
    passedOnBy,
  )({
    ...paths,
    name,
    reference: referenceOf(registration._id),
    registeredOn: showDate(registration.confirmedAt ?? registration.createdAt, matter.zone),
  });
  const holder = { name, address: email };
  const invite = matter.invite(holder, inviteUid, inviteSequence, matter.site.url + paths.joinPath);
  return {
    ...matter.mail(`confirmed.${inviteUid}`, holder, message, invite),
    ...aboutPlace(registration, inviteUid),
    condition: whilePlaceStands(registration),
  };
}

type Frame = ReturnType<typeof confirmationFrame>;
/** As long as the matter of a batch lives. */
const frames = new WeakMap<MailMatter, Frame>();

function frameOf(matter: MailMatter, passedOnBy: string | null): Frame {
  if (passedOnBy !== null) return confirmationFrame(matter, passedOnBy);
  const frame = frames.get(matter) ?? confirmationFrame(matter, null);
  frames.set(matter, frame);
  return frame;
}

/** All that is the same for everybody at one event. */
export const confirmationFrame = (
  matter: Omit<MailMatter, 'invite' | 'withdrawal' | 'mail'>,
  passedOnBy: string | null,
) =>
  mailFrame(['name', 'joinPath', 'managePath', 'reference', 'registeredOn'], (mark) => {
    const doorsAt = new Date(matter.startsAt.getTime() - doorsBeforeMs);
    return registrationConfirmed({
      person: { name: mark.name },
      event: matter.event,
      site: matter.site,
      calendar: matter.calendar,
      highlights: matter.highlights,
      passedOnBy,
      joinUrl: matter.site.url + mark.joinPath,
      manageUrl: matter.site.url + mark.managePath,
      reference: mark.reference,
      price: 'Free',
      doors: { iso: doorsAt.toISOString(), text: showTimeOfDay(doorsAt, matter.zone) },
      registeredOn: mark.registeredOn,
    });
  });
