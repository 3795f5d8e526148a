import type { SessionForm } from '../../server/contracts/session-form.ts';
import type { SpeakerForm } from '../../server/contracts/speaker-form.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { wakeDelivery } from '../../server/platform/outbox/delivery-wake-up.ts';
import { trusted } from 'mongoose';
import { changeSpeaker } from '../../server/catalogue/change-speaker.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { createSession } from '../../server/sessions/create-session.ts';
import { editSession } from '../../server/sessions/edit-session.ts';
import { getSessionOfEvent } from '../../server/sessions/session.queries.ts';
import { createSpeaker } from '../../server/speakers/create-speaker.ts';
import { getSpeakerOfOrganiser } from '../../server/speakers/speaker.queries.ts';
import { system } from '../catalogue/planned-event.ts';
import { readMailbox } from '../support/mailbox.ts';
import type { Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { readInvite } from './read-invite.ts';

export const draughts: SessionForm = {
  title: 'Draughts',
  kind: 'talk',
  summary: '',
  stage: 'Main stage',
  date: '2026-12-10',
  startTime: '09:30',
  endTime: '12:30',
  speakers: [],
  moderators: [],
  automatic: false,
};
const nobody = { pronouns: '', jobTitle: '', organisation: '', note: '', bio: '' };

export async function addSpeaker(product: Product, organiserId: string, name: string, email: string) {
  const form: SpeakerForm = { ...nobody, name, email };
  return (await createSpeaker(system, { organiserId, form }, product.deps)).speakerId;
}

export async function planSession(
  product: Product,
  eventId: string,
  changes: Partial<SessionForm>,
): Promise<string> {
  const { organiserId } = await getEvent(eventId);
  const form = { ...draughts, ...changes };
  const result = await createSession(system, { organiserId, eventId, form }, product.deps);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.sessionId;
}

/** Saves the session's form with these fields changed. */
export async function changeSession(
  product: Product,
  eventId: string,
  sessionId: string,
  changes: Partial<SessionForm>,
): Promise<void> {
  const { organiserId, stages } = await getEvent(eventId);
  const session = await getSessionOfEvent(eventId, sessionId);
  const form: SessionForm = {
    ...draughts,
    title: session.title,
    stage: stages.find(({ id }) => id === session.stageId)?.name ?? '',
    startTime: session.startsAtLocal.slice(11),
    endTime: session.endsAtLocal.slice(11),
    speakers: session.speakerIds,
    moderators: session.moderatorIds,
    revision: session.revision,
    ...changes,
  };
  const result = await editSession(system, { organiserId, eventId, sessionId, form }, product.deps);
  if (!result.ok) throw new Error(result.reason);
}

export async function changeAddress(
  product: Product,
  eventId: string,
  speakerId: string,
  email: string,
): Promise<void> {
  const event = await getEvent(eventId);
  const { name, revision } = await getSpeakerOfOrganiser(event.organiserId, speakerId);
  const form: SpeakerForm = { ...nobody, name, email, revision };
  const result = await changeSpeaker(system, { event, speakerId, form }, product.deps);
  if (!result.ok) throw new Error(result.reason);
}

/** Lets pass the time that quick edits are gathered for, and everything be sent that then is due. */
export async function letGather(product: Product): Promise<void> {
  await settle(product);
  product.clock.advance({ minutes: 5 });
  wakeDelivery();
  await settle(product);
}

export async function settle(product: Product): Promise<void> {
  await until(
    'everything that is due to be sent',
    async () => {
      const dueAt = trusted({ $lte: product.clock.now() });
      return (await OutboxEntryModel.exists({ state: 'waiting', dueAt })) === null;
      // Hundreds of mails take their time on a machine that does much else.
    },
    50_000,
  );
}

/** Every mail with an invite that went to an address, the oldest first. */
export async function invitesTo(product: Product, address: string) {
  const mails = (await readMailbox(product.url)).filter(({ to, ics }) => to === address && ics !== null);
  return mails.map((mail) => ({ mail, invite: readInvite(mail.ics) }));
}

/** "REQUEST 0", "CANCEL 1": the invites that went to an address, in order. */
export async function historyOf(product: Product, address: string): Promise<string[]> {
  return (await invitesTo(product, address)).map(
    ({ invite: { method, sequence } }) => `${method} ${sequence}`,
  );
}
