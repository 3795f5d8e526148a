import { ifNotYou, placeWithdrawn } from './components/place-withdrawn.tsx';
import type { MailEvent, MailSite, Message } from './message.ts';

export interface EmailChangedProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  readonly site: MailSite;
}

/** For the old address, which does not learn the new one; that one gets `registrationConfirmed`. */
export function emailChanged(props: EmailChangedProps): Message {
  return placeWithdrawn({
    ...props,
    heading: 'Your address was changed',
    preview: 'We write to your new address from now on.',
    paragraphs: [
      'From now on we write about your place to your new address. This is the last mail to this one.',
      'The attached entry takes the event out of this calendar; a new one has gone to your new address.',
      ifNotYou,
    ],
    reason: 'You got this because the address of your place at this event was changed.',
  });
}
