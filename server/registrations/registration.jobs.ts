import { emailChanged } from '../../emails/email-changed.tsx';
import { emailChangeRequested } from '../../emails/email-change-requested.tsx';
import { eventCancelled } from '../../emails/event-cancelled.tsx';
import { linksReplaced } from '../../emails/links-replaced.tsx';
import { registrationCancelled } from '../../emails/registration-cancelled.tsx';
import { registrationPassedOn } from '../../emails/registration-passed-on.tsx';
import { registrationRepeated } from '../../emails/registration-repeated.tsx';
import type { MailToSend } from '../platform/mail/ready-mail.ts';
import type { DeliveryContext, OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { showDate } from '../platform/time/show-time.ts';
import { confirmation, confirmationJobs } from './confirmation.jobs.ts';
import { raiseSequence } from './mark-told.ts';
import { readMailMatter, type Holder, type MailMatter } from './read-mail-matter.ts';
import { referenceOf } from './registration-mail.rules.ts';
import { getRegistrationForMail, type RegistrationForMail } from './registration.queries.ts';
import { emailChangeLifeInHours, shownUntold } from './registration.rules.ts';
import { aboutPlace, sendPlaceMails, whilePlaceStands } from './send-place-mails.ts';
import { confirmEmailPath, joinPath, managePath } from './sign-links.ts';
import { tellEventCancelled } from './tell-event-cancelled.ts';

export const registrationJobs = {
  ...confirmationJobs,

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
    // What it shows may be newer than the invite they have.
    const isNews = registration.toldVersion !== matter.toldVersion;
    const sequence = isNews ? await raiseSequence(registration) : registration.inviteSequence;
    const invite = matter.invite(holder, registration.inviteUid, sequence, links.joinUrl);
    const mail = {
      ...matter.mail(`repeated.${context.entryId}`, holder, message, invite),
      ...aboutPlace(registration, registration.inviteUid),
      ...requested,
      condition: whilePlaceStands(registration),
    };
    await sendAgain(registration, matter, context, mail);
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
    const mail = {
      ...matter.mail(`links-replaced.${inviteUid}.${passVersion}`, holder, message, invite),
      ...aboutPlace(registration, inviteUid),
      ...requested,
      condition: whilePlaceStands(registration),
    };
    await sendAgain(registration, matter, context, mail);
  },

  async 'registration:cancelled'({ registrationId, inviteUid, inviteSequence }, context) {
    const { registration, matter } = await read(registrationId, context);
    const { site, event } = matter;
    const holder = holderOf(registration);
    const message = registrationCancelled({ person: registration, event, site });
    const withdrawal = matter.withdrawal(holder, inviteUid, inviteSequence);
    const mail = matter.mail(`cancelled.${inviteUid}`, holder, message, withdrawal);
    await send(registration, matter, context, 1, { ...mail, ...aboutPlace(registration, inviteUid) });
  },

  async 'registration:passed-on'(payload, context) {
    const { registration, matter } = await read(payload.registrationId, context);
    const { site, event } = matter;
    const previous = { name: payload.previousName, address: payload.previousEmail };
    const message = registrationPassedOn({ person: previous, colleague: registration, event, site });
    const withdrawal = matter.withdrawal(previous, payload.previousUid, payload.previousSequence);
    const mail = matter.mail(`passed-on.${payload.previousUid}`, previous, message, withdrawal);
    await send(
      registration,
      matter,
      context,
      1,
      { ...mail, ...aboutPlace(registration, payload.previousUid) },
      ...(isStillInvited(registration, payload)
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
    const mail = {
      ...matter.mail(`email-change.${requestId}`, to, message, null),
      ...aboutPlace(registration, registration.inviteUid),
      ...requested,
      condition: whilePlaceStands(registration),
    };
    await send(registration, matter, context, 0, mail);
  },

  async 'registration:email-changed'(payload, context) {
    const { registration, matter } = await read(payload.registrationId, context);
    const { site, event } = matter;
    const previous = { name: payload.previousName, address: payload.previousEmail };
    const message = emailChanged({ person: previous, event, site });
    const withdrawal = matter.withdrawal(previous, payload.previousUid, payload.previousSequence);
    const mail = matter.mail(`email-changed.${payload.previousUid}`, previous, message, withdrawal);
    await send(
      registration,
      matter,
      context,
      1,
      { ...mail, ...aboutPlace(registration, payload.previousUid) },
      ...(isStillInvited(registration, payload) ? [confirmation(registration, matter, null, context)] : []),
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
    const mail = matter.mail(`event-cancelled.${inviteUid}`, holder, message, withdrawal);
    await send(registration, matter, context, 1, { ...mail, ...aboutPlace(registration, inviteUid) });
  },
} satisfies Partial<OutboxHandlers>;

async function read(registrationId: string, { at, deps }: DeliveryContext) {
  const registration = await getRegistrationForMail(registrationId);
  return { registration, matter: await readMailMatter(registration.eventId, at, deps) };
}

/** Given up, or moved once more since: then a later message confirms the invite that stands. */
const isStillInvited = (
  { status, inviteUid }: RegistrationForMail,
  payload: { readonly inviteUid?: string | undefined },
): boolean => status === 'confirmed' && inviteUid === (payload.inviteUid ?? inviteUid);

const holderOf = ({ name, email }: RegistrationForMail): Holder => ({ name, address: email });

const linksOf = (registration: RegistrationForMail, { deps }: DeliveryContext) => ({
  joinUrl: deps.config.publicUrl + joinPath(registration, deps),
  manageUrl: deps.config.publicUrl + managePath(registration, deps),
});

/** Answers what somebody did a moment ago, so it goes to a suppressed address too. */
const requested = { purpose: 'requested' as const };

async function send(
  registration: RegistrationForMail,
  matter: MailMatter,
  context: DeliveryContext,
  priority: 0 | 1,
  ...mails: MailToSend[]
): Promise<void> {
  await sendPlaceMails([{ registration, toldVersion: matter.toldVersion, mails }], priority, context);
}

/**
 * A place that is sent again says nothing of what changed at the event, so it does not count as telling it: anybody
 * may ask for it, and its holder would never hear of the change.
 */
async function sendAgain(
  registration: RegistrationForMail,
  matter: MailMatter,
  context: DeliveryContext,
  mail: MailToSend,
): Promise<void> {
  const isNews = registration.toldVersion !== matter.toldVersion;
  const toldVersion = isNews ? shownUntold(registration.toldVersion) : registration.toldVersion;
  await sendPlaceMails([{ registration, toldVersion, mails: [mail] }], 0, context);
}
