import { leavesYourCalendar, placeWithdrawn } from './components/place-withdrawn.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface RegistrationCancelledProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  readonly site: MailSite;
}

export function registrationCancelled(props: RegistrationCancelledProps): Message {
  return placeWithdrawn({
    ...props,
    heading: 'Your place is cancelled',
    preview: `${whenOf(props.event)}. Your place is free again.`,
    paragraphs: [
      'Your place is cancelled and somebody else can have it. Your join link no longer works.',
      leavesYourCalendar,
      'If you change your mind, register again while there are places.',
    ],
    reason: 'You got this because your place at this event was cancelled.',
  });
}
