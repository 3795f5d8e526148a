import { Action } from './components/action.tsx';
import { Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface EventThanksProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  /** Whether they were seen in the live room. */
  readonly hasAttended: boolean;
  /** Whether the organiser means to publish recordings. */
  readonly isOnDemand: boolean;
  readonly site: MailSite;
}

/** After the event, for everybody who had a place. */
export function eventThanks({ person, event, hasAttended, isOnDemand, site }: EventThanksProps): Message {
  const { dateline } = event;
  const subject = `Thank you: ${event.title}`;
  const thanks = hasAttended
    ? `Thank you for being at ${event.title}.`
    : `${event.title} is over. Thank you for taking a place; we hope some of it reached you.`;
  const replays = isOnDemand
    ? 'Recordings will be on the event’s page when they are published; look there.'
    : 'The agenda and the speakers stay on the event’s page.';
  const feedback = event.organiser.email
    ? 'What worked, and what did not? Reply to this email: a person reads every answer.'
    : null;
  const reason =
    'You got this because you had a place at this event. We write about this event, and nothing else unless you ask us to.';
  const frame = { takesReplies: event.organiser.email !== null, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: isOnDemand ? replays : `A word after ${dateline.date}.`,
      from: event.organiser.name,
      above: `${dateline.date} · ${dateline.times} ${dateline.zone}`,
      heading: 'Thank you',
      below: { text: event.title, lang: event.lang },
      children: (
        <Section first>
          <Paragraph>Hello {person.name},</Paragraph>
          <Paragraph>{thanks}</Paragraph>
          <Paragraph>{replays}</Paragraph>
          <Action href={event.url} text="See the event’s page" />
          {feedback && <Paragraph>{feedback}</Paragraph>}
        </Section>
      ),
    }),
    text: renderText(frame, [
      `Hello ${person.name},`,
      `${thanks}\n${whenOf(event)}`,
      replays,
      `See the event’s page: ${event.url}`,
      feedback,
    ]),
  };
}
