import { eventReminder } from '../../emails/event-reminder.tsx';
import { eventThanks } from '../../emails/event-thanks.tsx';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import type { Deps } from '../deps.ts';
import { getEvent, type Event } from '../events/event.queries.ts';
import { readyMail } from '../platform/mail/ready-mail.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import type { DeliveryContext, OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { runSchedule } from '../platform/run-schedule.ts';
import { showTimeOfDay } from '../platform/time/show-time.ts';
import { readMailMatter, type MailMatter } from '../registrations/read-mail-matter.ts';
import { getRegistrationForMail, type RegistrationForMail } from '../registrations/registration.queries.ts';
import { aboutPlace, whilePlaceStands } from '../registrations/send-place-mails.ts';
import { joinPath, managePath } from '../registrations/sign-links.ts';
import { addressReminder, isStillDue } from './address-reminder.ts';
import {
  distanceInWords,
  dueBeforehand,
  isTooNew,
  priorityOf,
  reminderMessageId,
  turnEndsAt,
  type BeforehandName,
} from './reminder.rules.ts';
import { sendDueReminders } from './send-due-reminders.ts';

const doorsBeforeMs = 15 * 60_000;

export const reminderJobs = {
  'event:reminder-due': (payload, { at }) => addressReminder(payload, at),

  async 'registration:reminder'(payload, context) {
    const { at, deps } = context;
    const { reminder, startsAt } = payload;
    const registration = await getRegistrationForMail(payload.registrationId);
    if (registration.status !== 'confirmed' || registration.inviteUid !== payload.inviteUid) return;
    const event = await getEvent(registration.eventId);
    const confirmedAt = registration.confirmedAt ?? registration.createdAt;
    if (!isStillDue(event, payload) || isTooNew(reminder, startsAt, confirmedAt)) return;
    // Written late, after its turn: the next one says it better, and after the start nobody needs it.
    if (reminder !== 'thank-you' && dueBeforehand(startsAt, at) !== reminder) return;
    const matter = await readMailMatter(event._id, at, deps);
    const message =
      reminder === 'thank-you'
        ? thanks(registration, event, matter)
        : beforehand(reminder, registration, matter, context);
    const to = { name: registration.name, address: registration.email };
    const mail = {
      ...matter.mail(reminderMessageId(reminder, registration.inviteUid, startsAt), to, message, null),
      ...standing(registration, payload),
    };
    const orderKey = `${event._id} ${registration.email}`;
    await addOutboxMessages([readyMail(mail, { at, orderKey, priority: priorityOf(reminder) })]);
  },
} satisfies Partial<OutboxHandlers>;

/** Whose mail it is, and what must still hold when it leaves. */
const standing = (
  registration: RegistrationForMail,
  { reminder, startsAt }: OutboxPayload<'registration:reminder'>,
) => ({
  ...aboutPlace(registration, registration.inviteUid),
  condition: {
    ...whilePlaceStands(registration),
    ...(reminder === 'thank-you' ? {} : { startsAt }),
  },
  expiresAt: reminder === 'thank-you' ? null : turnEndsAt(reminder, startsAt),
});

function beforehand(
  reminder: BeforehandName,
  person: RegistrationForMail,
  { site, event, zone, startsAt, highlights }: MailMatter,
  { at, deps }: DeliveryContext,
) {
  const doorsAt = new Date(startsAt.getTime() - doorsBeforeMs);
  return eventReminder({
    person,
    event,
    site,
    reminder,
    highlights,
    distance: distanceInWords(startsAt, zone, at),
    joinUrl: site.url + joinPath(person, deps),
    manageUrl: site.url + managePath(person, deps),
    doors: { iso: doorsAt.toISOString(), text: showTimeOfDay(doorsAt, zone) },
  });
}

const thanks = (
  person: RegistrationForMail,
  { isOnDemand }: Pick<Event, 'isOnDemand'>,
  { site, event }: MailMatter,
) => eventThanks({ person, event, site, isOnDemand, hasAttended: Boolean(person.firstEnteredAt) });

/** Looks often enough that ten minutes before is ten minutes before. */
export const startReminderSchedule = (deps: Deps): { stop(): Promise<void> } =>
  runSchedule(
    {
      name: 'reminders',
      everyMs: 20_000,
      isAlone: deps.config.mongodbUri === null,
      run: () => sendDueReminders(deps),
    },
    deps,
  );
