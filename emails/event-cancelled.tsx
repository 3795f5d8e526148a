import { Action } from './components/action.tsx';
import { Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface EventCancelledProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  /** In the organiser's words; null when they gave none. */
  readonly because: string | null;
  readonly site: MailSite;
}

export function eventCancelled({ person, event, because, site }: EventCancelledProps): Message {
  const { dateline } = event;
  const subject = `Cancelled: ${event.title}`;
  const done = `We are sorry: ${event.organiser.name} has cancelled this event. You need do nothing.`;
  const calendar =
    'The attached entry takes the event out of your calendar; if your calendar does not, delete it there.';
  const reason = 'You got this because you had a place at this event.';
  const frame = { takesReplies: event.organiser.email !== null, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${whenOf(event)} will not take place.`,
      from: event.organiser.name,
      above: `${dateline.date} · ${dateline.times} ${dateline.zone}`,
      heading: 'Cancelled',
      below: { text: event.title, lang: event.lang },
      children: (
        <Section first>
          <Paragraph>Hello {person.name},</Paragraph>
          <Paragraph>{done}</Paragraph>
          {because && <Paragraph>{because}</Paragraph>}
          <Paragraph>{calendar}</Paragraph>
          <Action href={`${site.url}/events`} text="See other events" />
        </Section>
      ),
    }),
    text: renderText(frame, [
      `Hello ${person.name},`,
      `${event.title}\n${whenOf(event)}`,
      done,
      because,
      calendar,
      `See other events: ${site.url}/events`,
    ]),
  };
}
