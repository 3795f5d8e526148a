import { eventUpdated } from '../../emails/event-updated.tsx';
import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import { getEvent } from '../events/event.queries.ts';
import { oncePerTransaction } from '../platform/database/transaction.ts';
import type { DeliveryContext, OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { listWaitingUpdates, supersedeMail } from '../platform/outbox/supersede-mail.ts';
import { markTold } from '../registrations/mark-told.ts';
import { readMailMatter } from '../registrations/read-mail-matter.ts';
import { getRegistrationForMail } from '../registrations/registration.queries.ts';
import { toldLast } from '../registrations/registration.rules.ts';
import { aboutPlace, sendPlaceMails, whilePlaceStands } from '../registrations/send-place-mails.ts';
import { joinPath, managePath } from '../registrations/sign-links.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { agendaRowsOf, shortened, wordsForChanges } from './change-words.rules.ts';
import { findToldEvent } from './event-update.queries.ts';
import { planUpdate } from './plan-update.ts';
import { sendUpdate } from './send-update.ts';
import { tellUpdate } from './tell-update.ts';
import { isTold, toldEventOf, type ToldEvent } from './told-event.rules.ts';

export const eventUpdateJobs = {
  async 'event:changed'({ eventId }, { deps }) {
    await planUpdate(eventId, deps);
  },

  'event:update-due': (payload, { deps }) => sendUpdate(payload, deps),

  'event:updated': (payload, { deps }) => tellUpdate(payload, deps),

  'registration:event-updated': (payload, context) => mailUpdate(payload, context),
} satisfies Partial<OutboxHandlers>;

/** The mail and the new invite for one person, in the words of what differs from the invite they have. */
async function mailUpdate(
  { registrationId, inviteUid, inviteSequence, version }: OutboxPayload<'registration:event-updated'>,
  { at, deps }: DeliveryContext,
): Promise<void> {
  const registration = await getRegistrationForMail(registrationId);
  if (registration.status !== 'confirmed' || registration.inviteUid !== inviteUid) return;
  // A mail that was made since shows it already.
  if (registration.toldVersion >= version) return;
  const { eventId } = registration;
  const { event, state } = await oncePerTransaction(`told event ${eventId}`, () => readEvent(eventId));
  if (!isTold(event, at)) return;
  const orderKey = `${eventId} ${registration.email}`;
  const known = await wordsSince(toldLast(registration.toldVersion), eventId, state);
  // Changed back, but an invite that was sent again has shown what was in between.
  const isShown = known.changes.length === 0 && registration.toldVersion < 0;
  const told = isShown ? { ...known, changes: wordsForChanges(null, state) } : known;
  if (told.changes.length === 0) return void (await markTold(registration, event.toldVersion));

  const { changes, since } = await takeOverWaiting(told, { orderKey, registrationId, eventId, state, at });
  const matter = await readMailMatter(eventId, at, deps);
  // Raised again since the message was written: the highest is what an answer is looked for under.
  const sequence = Math.max(inviteSequence, registration.inviteSequence);
  const links = {
    joinUrl: deps.config.publicUrl + joinPath(registration, deps),
    manageUrl: deps.config.publicUrl + managePath(registration, deps),
  };
  const lines = shortened(changes);
  const holder = { name: registration.name, address: registration.email };
  const agenda = agendaRowsOf(state);
  const message = eventUpdated({
    ...{ person: registration, event: matter.event, site: matter.site, changes: lines, ...links },
    ...agenda,
  });
  const invite = matter.invite(holder, inviteUid, sequence, links.joinUrl, lines);
  const mail = {
    ...matter.mail(`updated.${inviteUid}.${sequence}`, holder, message, invite),
    ...aboutPlace(registration, inviteUid),
    condition: whilePlaceStands(registration),
    changesSince: since,
  };
  await sendPlaceMails([{ registration, toldVersion: event.toldVersion, mails: [mail] }], 1, { at });
}

async function readEvent(eventId: string) {
  const event = await getEvent(eventId);
  return { event, state: toldEventOf(event, await listSessionsOfEvent(eventId)) };
}

interface Words {
  readonly since: number;
  readonly changes: readonly string[];
}

async function wordsSince(version: number, eventId: string, state: ToldEvent): Promise<Words> {
  const key = `words ${eventId} ${version}`;
  const changes = await oncePerTransaction(key, async () =>
    wordsForChanges(await findToldEvent(eventId, version), state),
  );
  return { since: version, changes };
}

/**
 * An earlier update that still waits to be sent says less than this one, so this one goes in its place and tells
 * what both would. Not when nothing would be left to tell: another mail may have shown what was in between.
 */
async function takeOverWaiting(
  told: Words,
  mail: {
    readonly orderKey: string;
    readonly registrationId: string;
    readonly eventId: string;
    readonly state: ToldEvent;
    readonly at: Date;
  },
): Promise<Words> {
  let words = told;
  for (const waiting of await listWaitingUpdates(mail.orderKey, mail.registrationId)) {
    const both = await wordsSince(Math.min(waiting.changesSince, words.since), mail.eventId, mail.state);
    if (both.changes.length === 0) continue;
    if (await supersedeMail(waiting.entryId, mail.at)) words = both;
  }
  return words;
}
