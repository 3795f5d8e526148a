import { emailChanged } from '../../emails/email-changed.tsx';
import { emailChangeRequested } from '../../emails/email-change-requested.tsx';
import { eventCancelled } from '../../emails/event-cancelled.tsx';
import { linksReplaced } from '../../emails/links-replaced.tsx';
import { registrationCancelled } from '../../emails/registration-cancelled.tsx';
import { registrationConfirmed } from '../../emails/registration-confirmed.tsx';
import { registrationPassedOn } from '../../emails/registration-passed-on.tsx';
import { registrationRepeated } from '../../emails/registration-repeated.tsx';
import { readyMail, type MailToSend } from '../platform/mail/ready-mail.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import type { DeliveryContext, OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { showDate, showTimeOfDay } from '../platform/time/show-time.ts';
import { getEvent } from '../events/event.queries.ts';
import { markTold } from './mark-told.ts';
import { readMailMatter, type Holder, type MailMatter } from './read-mail-matter.ts';
import { referenceOf } from './registration-mail.rules.ts';
import { getRegistrationForMail, type RegistrationForMail } from './registration.queries.ts';
import { emailChangeLifeInHours } from './registration.rules.ts';
import { confirmEmailPath, joinPath, managePath } from './sign-links.ts';
import { tellEventCancelled } from './tell-event-cancelled.ts';

const doorsBeforeMs = 15 * 60_000;

export const registrationJobs = {
  async 'registration:confirmed'({ registrationId, inviteUid }, context) {
    const { registration, matter } = await read(registrationId, context);
    // Cancelled or passed on before this mail was written: what came later says so.
    if (registration.status !== 'confirmed' || registration.inviteUid !== inviteUid) return;
    await send(registration, context, 1, confirmation(registration, matter, null, context));
  },

  async 'registration:repeated'({ registrationId }, context) {
    const { registration, matter } = await read(registrationId, context);
    if (registration.status !== 'confirmed') return;
    const { site, event } = matter;
    const links = linksOf(registration, context);
    const message = registrationRepeated({
      person: registration,
      event,
      site,
      ...links,
      reference: referenceOf(registrationId),
      registeredOn: showDate(registration.confirmedAt ?? registration.createdAt, matter.zone),
    });
    const holder = holderOf(registration);
    const invite = matter.invite(holder, registration.inviteUid, registration.inviteSequence, links.joinUrl);
    await send(registration, context, 0, matter.mail(`repeated.${context.entryId}`, holder, message, invite));
  },

  async 'registration:links-replaced'({ registrationId, passVersion }, context) {
    const { registration, matter } = await read(registrationId, context);
    // Replaced again since: the links in this mail would not work.
    if (registration.status !== 'confirmed' || registration.passVersion !== passVersion) return;
    const { site, event } = matter;
    const links = linksOf(registration, context);
    const message = linksReplaced({ person: registration, event, site, ...links });
    const holder = holderOf(registration);
    const { inviteUid, inviteSequence } = registration;
    const invite = matter.invite(holder, inviteUid, inviteSequence, links.joinUrl);
    await send(
      registration,
      context,
      0,
      matter.mail(`links-replaced.${inviteUid}.${passVersion}`, holder, message, invite),
    );
  },

  async 'registration:cancelled'({ registrationId, inviteUid, inviteSequence }, context) {
    const { registration, matter } = await read(registrationId, context);
    const { site, event } = matter;
    const holder = holderOf(registration);
    const message = registrationCancelled({ person: registration, event, site });
    const withdrawal = matter.withdrawal(holder, inviteUid, inviteSequence);
    await send(registration, context, 1, matter.mail(`cancelled.${inviteUid}`, holder, message, withdrawal));
  },

  async 'registration:passed-on'(payload, context) {
    const { registration, matter } = await read(payload.registrationId, context);
    const { site, event } = matter;
    const previous = { name: payload.previousName, address: payload.previousEmail };
    const message = registrationPassedOn({ person: previous, colleague: registration, event, site });
    const withdrawal = matter.withdrawal(previous, payload.previousUid, payload.previousSequence);
    await send(
      registration,
      context,
      1,
      matter.mail(`passed-on.${payload.previousUid}`, previous, message, withdrawal),
      ...(registration.status === 'confirmed'
        ? [confirmation(registration, matter, payload.previousName, context)]
        : []),
    );
  },

  async 'registration:email-change-requested'({ registrationId, requestId }, context) {
    const { registration, matter } = await read(registrationId, context);
    const { site, event } = matter;
    const path = confirmEmailPath(registration, context.deps);
    // Asked again since, or withdrawn: the link in this mail would not work.
    if (!path || registration.emailChange?.requestId !== requestId) return;
    const to = { name: registration.name, address: registration.emailChange.email };
    const message = emailChangeRequested({
      person: registration,
      event,
      site,
      confirmUrl: site.url + path,
      hours: emailChangeLifeInHours,
    });
    await send(registration, context, 0, matter.mail(`email-change.${requestId}`, to, message, null));
  },

  async 'registration:email-changed'(payload, context) {
    const { registration, matter } = await read(payload.registrationId, context);
    const { site, event } = matter;
    const previous = { name: payload.previousName, address: payload.previousEmail };
    const message = emailChanged({ person: previous, event, site });
    const withdrawal = matter.withdrawal(previous, payload.previousUid, payload.previousSequence);
    await send(
      registration,
      context,
      1,
      matter.mail(`email-changed.${payload.previousUid}`, previous, message, withdrawal),
      ...(registration.status === 'confirmed' ? [confirmation(registration, matter, null, context)] : []),
    );
  },

  'event:cancelled': (payload, { at }) => tellEventCancelled(payload, at),

  async 'registration:event-cancelled'({ registrationId, inviteUid, inviteSequence }, context) {
    const { registration, matter } = await read(registrationId, context);
    // Cancelled by its holder since: that mail has withdrawn the invite.
    if (registration.status !== 'confirmed' || registration.inviteUid !== inviteUid) return;
    const { site, event } = matter;
    const holder = holderOf(registration);
    const message = eventCancelled({
      person: registration,
      event,
      site,
      because: matter.cancellationReason,
    });
    const withdrawal = matter.withdrawal(holder, inviteUid, inviteSequence);
    await send(
      registration,
      context,
      1,
      matter.mail(`event-cancelled.${inviteUid}`, holder, message, withdrawal),
    );
  },
} satisfies Partial<OutboxHandlers>;

async function read(registrationId: string, { at, deps }: DeliveryContext) {
  const registration = await getRegistrationForMail(registrationId);
  return { registration, matter: await readMailMatter(registration.eventId, at, deps) };
}

const holderOf = ({ name, email }: RegistrationForMail): Holder => ({ name, address: email });

const linksOf = (registration: RegistrationForMail, { deps }: DeliveryContext) => ({
  joinUrl: deps.config.publicUrl + joinPath(registration, deps),
  manageUrl: deps.config.publicUrl + managePath(registration, deps),
});

function confirmation(
  registration: RegistrationForMail,
  matter: MailMatter,
  passedOnBy: string | null,
  context: DeliveryContext,
): MailToSend {
  const { site, event, zone, calendar, highlights } = matter;
  const links = linksOf(registration, context);
  const doorsAt = new Date(matter.startsAt.getTime() - doorsBeforeMs);
  const message = registrationConfirmed({
    person: registration,
    event,
    site,
    calendar,
    highlights,
    passedOnBy,
    ...links,
    reference: referenceOf(registration._id),
    price: 'Free',
    doors: { iso: doorsAt.toISOString(), text: showTimeOfDay(doorsAt, zone) },
    registeredOn: showDate(registration.confirmedAt ?? registration.createdAt, zone),
  });
  const holder = holderOf(registration);
  const { inviteUid, inviteSequence } = registration;
  const invite = matter.invite(holder, inviteUid, inviteSequence, links.joinUrl);
  return matter.mail(`confirmed.${inviteUid}`, holder, message, invite);
}

/** In the order they are written for each person at each event: never a withdrawal before its invite. */
async function send(
  registration: RegistrationForMail,
  { at }: DeliveryContext,
  priority: 0 | 1,
  ...mails: MailToSend[]
): Promise<void> {
  const { eventId } = registration;
  if (mails.some(({ invite }) => invite?.method === 'REQUEST'))
    await markTold(registration, (await getEvent(eventId)).toldVersion);
  await addOutboxMessages(
    mails.map((mail) => readyMail(mail, { at, orderKey: `${eventId} ${mail.to.address}`, priority })),
  );
}
