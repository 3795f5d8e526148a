import { Action } from './components/action.tsx';
import { Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
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
export function registrationPassedOn({ person, colleague, event, site }: RegistrationPassedOnProps): Message {
  const { dateline } = event;
  const subject = `You passed your place on: ${event.title}`;
  const done = `Your place now belongs to ${colleague.name}, who has a mail with a join link of their own. Yours no longer works.`;
  const calendar =
    'The attached entry takes the event out of your calendar; if your calendar does not, delete it there.';
  const notYou = 'If you did not do this, answer this mail or write to the organiser today.';
  const reason = 'You got this because the place you had at this event was passed on.';
  const frame = { takesReplies: event.organiser.email !== null, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${whenOf(event)}. Your place has a new holder.`,
      from: event.organiser.name,
      above: `${dateline.date} · ${dateline.times} ${dateline.zone}`,
      heading: 'You passed your place on',
      below: { text: event.title, lang: event.lang },
      children: (
        <Section first>
          <Paragraph>Hello {person.name},</Paragraph>
          <Paragraph>
            {done} {calendar}
          </Paragraph>
          <Paragraph>{notYou}</Paragraph>
          <Action href={event.url} text="See the event" />
        </Section>
      ),
    }),
    text: renderText(frame, [
      `Hello ${person.name},`,
      `${event.title}\n${whenOf(event)}`,
      `${done} ${calendar}`,
      notYou,
      `See the event: ${event.url}`,
    ]),
  };
}
