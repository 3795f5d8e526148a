import { placeReleaseOffered } from '../../emails/place-release-offered.tsx';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { openImapMailbox } from '../platform/mail/open-imap-mailbox.ts';
import { readyMail } from '../platform/mail/ready-mail.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import type { OutboxHandlers } from '../platform/outbox/outbox-handlers.ts';
import { runSchedule } from '../platform/run-schedule.ts';
import { readMailMatter } from '../registrations/read-mail-matter.ts';
import { getRegistrationForMail } from '../registrations/registration.queries.ts';
import { managePath } from '../registrations/sign-links.ts';
import { readInboundMail } from './read-inbound-mail.ts';
import { readMailbox } from './read-mailbox.ts';

const reader: Actor = { kind: 'system', name: 'inbound-mail' };

export const inboundMailJobs = {
  async 'mail:received'({ inboundMailId }, { deps }) {
    await readInboundMail(reader, { inboundMailId }, deps);
  },

  async 'registration:invite-declined'({ registrationId, inviteUid }, { at, deps }) {
    const registration = await getRegistrationForMail(registrationId);
    const { status, intent, eventId, organiserId } = registration;
    // They said yes since, or the place is not theirs any more: there is nothing to offer.
    if (status !== 'confirmed' || registration.inviteUid !== inviteUid || intent?.answer !== 'declined')
      return;
    const event = await getEvent(eventId);
    if (event.status !== 'published' || at >= event.startsAt) return;
    const matter = await readMailMatter(eventId, at, deps);
    const message = placeReleaseOffered({
      person: registration,
      event: matter.event,
      site: matter.site,
      manageUrl: deps.config.publicUrl + managePath(registration, deps),
    });
    const holder = { name: registration.name, address: registration.email };
    const mail = {
      ...matter.mail(`release-offered.${inviteUid}`, holder, message, null),
      about: { organiserId, eventId, registrationId },
      condition: { kind: 'registration' as const, registrationId, inviteUid },
    };
    await addOutboxMessages([readyMail(mail, { at, orderKey: `${eventId} ${registration.email}` })]);
  },
} satisfies Partial<OutboxHandlers>;

const pollMs = 20_000;

/** Looks into the mailbox again and again, where one is configured. */
export function startInboundSchedule(deps: Deps, everyMs = pollMs): { stop(): Promise<void> } {
  const imapUrl = deps.config.inbound?.imapUrl;
  if (!imapUrl) return { stop: () => Promise.resolve() };
  const mailbox = openImapMailbox(imapUrl);
  const schedule = runSchedule(
    {
      name: 'inbound-mail',
      everyMs,
      run: () => readMailbox(mailbox, deps),
      isAlone: !deps.config.mongodbUri,
    },
    deps,
  );
  return {
    async stop() {
      // A server that hangs must not hold up the stop.
      mailbox.close();
      await schedule.stop();
    },
  };
}
