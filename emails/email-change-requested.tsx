import { Action } from './components/action.tsx';
import { Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface EmailChangeRequestedProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  readonly confirmUrl: string;
  readonly hours: number;
  readonly site: MailSite;
}

/** For the new address: only its owner can say that it is theirs. */
export function emailChangeRequested(props: EmailChangeRequestedProps): Message {
  const { person, event, confirmUrl, site } = props;
  const subject = `Confirm your new address: ${event.title}`;
  const ask = `You asked us to write to this address about ${event.title}, ${whenOf(event)}. Until you confirm it, everything goes to the old one.`;
  const lasts = `The link works once, in the next ${props.hours} hours.`;
  const notYou = 'If you did not ask for this, do nothing.';
  const reason = 'You got this because somebody, probably you, gave this address for a place at this event.';
  const frame = { takesReplies: event.organiser.email !== null, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: 'Open the link to confirm this address.',
      from: event.organiser.name,
      above: null,
      heading: 'Confirm your new address',
      below: { text: event.title, lang: event.lang },
      children: (
        <Section first>
          <Paragraph>Hello {person.name},</Paragraph>
          <Paragraph>{ask}</Paragraph>
          <Action href={confirmUrl} text="Confirm this address" />
          <Paragraph>
            {lasts} {notYou}
          </Paragraph>
        </Section>
      ),
    }),
    text: renderText(frame, [
      `Hello ${person.name},`,
      ask,
      `Confirm this address: ${confirmUrl}`,
      `${lasts} ${notYou}`,
    ]),
  };
}
