import { ifNotYou, leavesYourCalendar, placeWithdrawn } from './components/place-withdrawn.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface RegistrationPassedOnProps {
  /** Who had the place. */
  readonly person: { readonly name: string };
  /** Who has it now. */
  readonly colleague: { readonly name: string };
  readonly event: MailEvent;
  readonly site: MailSite;
}

/** For the previous holder; the new one gets `registrationConfirmed`. */
export function registrationPassedOn({ colleague, ...props }: RegistrationPassedOnProps): Message {
  return placeWithdrawn({
    ...props,
    heading: 'You passed your place on',
    preview: `${whenOf(props.event)}. Your place has a new holder.`,
    paragraphs: [
      `Your place now belongs to ${colleague.name}, who has a mail with a join link of their own. Yours no longer works.`,
      leavesYourCalendar,
      ifNotYou,
    ],
    reason: 'You got this because the place you had at this event was passed on.',
  });
}
