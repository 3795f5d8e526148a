import { readyMail, type MailToSend } from '../platform/mail/ready-mail.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import type { DeliveryContext } from '../platform/outbox/outbox-handlers.ts';
import { markAllTold } from './mark-told.ts';
import type { RegistrationForMail } from './registration.queries.ts';

/** Mails about one place, in the order in which they leave. */
export interface PlaceMails {
  readonly registration: RegistrationForMail;
  readonly toldVersion: number;
  readonly mails: readonly MailToSend[];
}

/**
 * Stores rendered mails about places, and which version of the event their invites tell. In the order they are
 * written for each person at each event: never a withdrawal before its invite.
 */
export async function sendPlaceMails(
  places: readonly PlaceMails[],
  priority: 0 | 1,
  { at }: Pick<DeliveryContext, 'at'>,
): Promise<void> {
  const told = places.filter(({ mails }) => mails.some(({ invite }) => invite?.method === 'REQUEST'));
  await markAllTold(told);
  await addOutboxMessages(
    places.flatMap(({ registration: { eventId }, mails }) =>
      mails.map((mail) => readyMail(mail, { at, orderKey: `${eventId} ${mail.to.address}`, priority })),
    ),
  );
}

/** Whose mail it is, and the mail it follows: all about one invite stands under its confirmation. */
export const aboutPlace = (
  { _id, organiserId, eventId }: Pick<RegistrationForMail, '_id' | 'organiserId' | 'eventId'>,
  inviteUid: string,
) => ({
  about: { organiserId, eventId, registrationId: _id },
  threadOf: `confirmed.${inviteUid}`,
});

/** A mail that only makes sense to who has the place. */
export const whilePlaceStands = ({ _id, inviteUid }: Pick<RegistrationForMail, '_id' | 'inviteUid'>) => ({
  kind: 'registration' as const,
  registrationId: _id,
  inviteUid,
});
