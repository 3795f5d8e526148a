import { Action } from './components/action.tsx';
import { Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface EmailChangedProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  readonly site: MailSite;
}

/** For the old address, which does not learn the new one; that one gets `registrationConfirmed`. */
export function emailChanged({ person, event, site }: EmailChangedProps): Message {
  const { dateline } = event;
  const subject = `Your address was changed: ${event.title}`;
  const done =
    'From now on we write about your place to your new address. This is the last mail to this one.';
  const calendar =
    'The attached entry takes the event out of this calendar; a new one has gone to your new address.';
  const notYou = 'If you did not do this, answer this mail or write to the organiser today.';
  const reason = 'You got this because the address of your place at this event was changed.';
  const frame = { takesReplies: event.organiser.email !== null, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: 'We write to your new address from now on.',
      from: event.organiser.name,
      above: `${dateline.date} · ${dateline.times} ${dateline.zone}`,
      heading: 'Your address was changed',
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
