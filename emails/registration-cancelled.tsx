import { Action } from './components/action.tsx';
import { Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface RegistrationCancelledProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  readonly site: MailSite;
}

export function registrationCancelled({ person, event, site }: RegistrationCancelledProps): Message {
  const { dateline } = event;
  const subject = `Your place is cancelled: ${event.title}`;
  const done = 'Your place is cancelled and somebody else can have it. Your join link no longer works.';
  const calendar =
    'The attached entry takes the event out of your calendar; if your calendar does not, delete it there.';
  const mind = 'If you change your mind, register again while there are places.';
  const reason = 'You got this because your place at this event was cancelled.';
  const frame = { takesReplies: event.organiser.email !== null, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${whenOf(event)}. Your place is free again.`,
      from: event.organiser.name,
      above: `${dateline.date} · ${dateline.times} ${dateline.zone}`,
      heading: 'Your place is cancelled',
      below: { text: event.title, lang: event.lang },
      children: (
        <Section first>
          <Paragraph>Hello {person.name},</Paragraph>
          <Paragraph>
            {done} {calendar}
          </Paragraph>
          <Paragraph>{mind}</Paragraph>
          <Action href={event.url} text="See the event" />
        </Section>
      ),
    }),
    text: renderText(frame, [
      `Hello ${person.name},`,
      `${event.title}\n${whenOf(event)}`,
      `${done} ${calendar}`,
      `${mind}\nSee the event: ${event.url}`,
    ]),
  };
}
