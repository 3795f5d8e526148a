import { renderMail, renderText } from '../layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from '../message.ts';
import { Action } from './action.tsx';
import { Paragraph, Section } from './text.tsx';

interface PlaceWithdrawn {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  readonly site: MailSite;
  readonly heading: string;
  readonly preview: string;
  /** What happened to the place, what happens to the calendar entry, and what the person may do. */
  readonly paragraphs: readonly [place: string, calendar: string, wayOn: string];
  readonly reason: string;
}

/** A mail that takes a place away from an address, with the invite's withdrawal attached. */
export function placeWithdrawn({ person, event, site, ...words }: PlaceWithdrawn): Message {
  const { dateline } = event;
  const subject = `${words.heading}: ${event.title}`;
  const [place, calendar, wayOn] = words.paragraphs;
  const frame = { takesReplies: event.organiser.email !== null, reason: words.reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: words.preview,
      from: event.organiser.name,
      above: `${dateline.date} · ${dateline.times} ${dateline.zone}`,
      heading: words.heading,
      below: { text: event.title, lang: event.lang },
      children: (
        <Section first>
          <Paragraph>Hello {person.name},</Paragraph>
          <Paragraph>
            {place} {calendar}
          </Paragraph>
          <Paragraph>{wayOn}</Paragraph>
          <Action href={event.url} text="See the event" />
        </Section>
      ),
    }),
    text: renderText(frame, [
      `Hello ${person.name},`,
      `${event.title}\n${whenOf(event)}`,
      `${place} ${calendar}`,
      wayOn,
      `See the event: ${event.url}`,
    ]),
  };
}

export const leavesYourCalendar =
  'The attached entry takes the event out of your calendar; if your calendar does not, delete it there.';
export const ifNotYou = 'If you did not do this, answer this mail or write to the organiser today.';
