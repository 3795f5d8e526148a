import type { CalendarLinks } from '../server/contracts/calendar-links.ts';
import type { ShownTime } from '../server/contracts/dateline.ts';
import { Action } from './components/action.tsx';
import { AgendaRows, type MailAgendaRow } from './components/agenda-rows.tsx';
import { CalendarSection, calendarText } from './components/calendar-section.tsx';
import { Facts } from './components/facts.tsx';
import { SeatRow } from './components/seat-row.tsx';
import { Link, Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface RegistrationConfirmedProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  /** "PSD-7K4M-29" */
  readonly reference: string;
  /** "Free" */
  readonly price: string;
  /** The personal join link. */
  readonly joinUrl: string;
  /** When the live room opens, in the event's zone: "09:15". */
  readonly doors: ShownTime;
  /** Where the place is changed, passed on or cancelled; personal too. */
  readonly manageUrl: string;
  readonly calendar: CalendarLinks;
  /** Three sessions at most; none when there is no agenda yet. */
  readonly highlights: readonly MailAgendaRow[];
  /** "9 March 2027" */
  readonly registeredOn: string;
  /** Who passed this place on, if somebody did. */
  readonly passedOnBy: string | null;
  readonly site: MailSite;
}

/** What the page after registering names too, so that people find the mail. */
export const registrationConfirmedSubject = (eventTitle: string): string => `You’re in: ${eventTitle}`;

export function registrationConfirmed(props: RegistrationConfirmedProps): Message {
  const { event, doors, joinUrl, manageUrl, highlights } = props;
  const { dateline } = event;
  const subject = registrationConfirmedSubject(event.title);
  const booked = props.passedOnBy
    ? `${props.passedOnBy} passed a place on to you, and it is booked in your name.`
    : 'Your place is booked.';
  const opens = `On the day, open this link from ${doors.text} ${dateline.zone}. It is yours alone, so please do not forward it.`;
  const reason = props.passedOnBy
    ? `You got this because ${props.passedOnBy} passed a place on to you on ${props.registeredOn}. We write about this event, and nothing else unless you ask us to.`
    : `You got this because you registered on ${props.registeredOn}. We write about this event, and nothing else unless you ask us to.`;
  const frame = { takesReplies: event.organiser.email !== null, reason, site: props.site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${whenOf(event)}, online. Your join link and calendar entry are inside.`,
      from: event.organiser.name,
      above: `${dateline.date} · online · ${dateline.times} ${dateline.zone}`,
      heading: 'You’re in',
      below: { text: event.title, lang: event.lang },
      ornament: <SeatRow />,
      children: (
        <>
          <Section first>
            <Paragraph>Hello {props.person.name},</Paragraph>
            <Paragraph>
              {booked} {opens}
            </Paragraph>
            <Action href={joinUrl} text="Join on the day" />
          </Section>
          <Section>
            <Facts
              caption="Your booking"
              facts={[
                { term: 'When', lines: [dateline.date, `${dateline.times} ${dateline.zone}`] },
                { term: 'Where', lines: ['Online, in your browser'] },
                { term: 'Price', lines: [props.price] },
                { term: 'Reference', lines: [props.reference] },
              ]}
            />
          </Section>
          <CalendarSection links={props.calendar} />
          {highlights.length > 0 && (
            <Section heading="A few to look out for">
              <AgendaRows rows={highlights} />
            </Section>
          )}
          <Section heading="Before the day">
            <Paragraph>
              There is nothing to install. <Link href={event.url}>See the full agenda</Link> and what has
              changed since.
            </Paragraph>
          </Section>
          <Section heading="If you cannot come">
            <Paragraph>
              <Link href={manageUrl}>Cancel your place or pass it to a colleague</Link>. Someone may be
              waiting for it.
            </Paragraph>
          </Section>
        </>
      ),
    }),
    text: renderText(frame, [
      `Hello ${props.person.name},`,
      `${booked}\n${event.title}`,
      `${opens}\n\nJoin on the day: ${joinUrl}`,
      [
        `When: ${whenOf(event)}`,
        'Where: Online, in your browser',
        `Price: ${props.price}`,
        `Reference: ${props.reference}`,
      ].join('\n'),
      calendarText(props.calendar),
      highlights.length > 0 ? `A few to look out for\n\n${highlights.map(highlightLine).join('\n')}` : null,
      `Before the day\n\nThere is nothing to install. See the full agenda: ${event.url}`,
      `If you cannot come\n\nCancel your place or pass it to a colleague: ${manageUrl}\nSomeone may be waiting for it.`,
    ]),
  };
}

const highlightLine = ({ time, title, note }: MailAgendaRow): string =>
  `${time} ${title}${note ? ` (${note})` : ''}`;
