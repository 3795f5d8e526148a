import { Action } from './components/action.tsx';
import { Facts } from './components/facts.tsx';
import { Link, Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface PlaceOfferedProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  /** Until when the offer stands, in the event's zone: "Tuesday 9 March 2027, 14:00 GMT". */
  readonly expires: string;
  readonly claimUrl: string;
  /** Gives the offer and the place in the queue back. */
  readonly leaveUrl: string;
  readonly site: MailSite;
}

/** For the first of the waiting list, when a place came free. */
export function placeOffered({
  person,
  event,
  expires,
  claimUrl,
  leaveUrl,
  site,
}: PlaceOfferedProps): Message {
  const { dateline } = event;
  const subject = `A place for you: ${event.title}`;
  const free = 'A place came free, and you are next on the waiting list.';
  const until = `We keep it for you until ${expires}. After that it goes to the next person.`;
  const reason = 'You got this because you are on the waiting list of this event.';
  const frame = { takesReplies: event.organiser.email !== null, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: until,
      from: event.organiser.name,
      above: `${dateline.date} · online · ${dateline.times} ${dateline.zone}`,
      heading: 'A place for you',
      below: { text: event.title, lang: event.lang },
      children: (
        <>
          <Section first>
            <Paragraph>Hello {person.name},</Paragraph>
            <Paragraph>
              {free} {until}
            </Paragraph>
            <Action href={claimUrl} text="Take the place" />
          </Section>
          <Section>
            <Facts
              caption="The offer"
              facts={[
                { term: 'When', lines: [dateline.date, `${dateline.times} ${dateline.zone}`] },
                { term: 'Where', lines: ['Online, in your browser'] },
                { term: 'Kept until', lines: [expires] },
              ]}
            />
          </Section>
          <Section heading="If you cannot come">
            <Paragraph>
              <Link href={leaveUrl}>Leave the waiting list</Link>. Someone may be waiting for it.
            </Paragraph>
          </Section>
        </>
      ),
    }),
    text: renderText(frame, [
      `Hello ${person.name},`,
      `${event.title}\n${free} ${until}`,
      `Take the place: ${claimUrl}`,
      `When: ${whenOf(event)}\nWhere: Online, in your browser\nKept until: ${expires}`,
      `If you cannot come\n\nLeave the waiting list: ${leaveUrl}\nSomeone may be waiting for it.`,
    ]),
  };
}
