import { Action } from './components/action.tsx';
import { AgendaRows, type MailAgendaRow } from './components/agenda-rows.tsx';
import { ChangeList, changesText } from './components/change-list.tsx';
import { Facts } from './components/facts.tsx';
import { Link, Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface EventUpdatedProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  /** Each without a full stop: "Starts 09:30 instead of 09:00". */
  readonly changes: readonly string[];
  /** The agenda as it is now; the rest is on the event's page. */
  readonly agenda: readonly MailAgendaRow[];
  /** How many sessions did not fit. */
  readonly moreSessions: number;
  /** The personal join link. */
  readonly joinUrl: string;
  /** Where the place is changed, passed on or cancelled; personal too. */
  readonly manageUrl: string;
  readonly site: MailSite;
}

export function eventUpdated(props: EventUpdatedProps): Message {
  const { event, changes, agenda, joinUrl, manageUrl, site } = props;
  const { dateline } = event;
  const subject = `Changed: ${event.title}`;
  const changed = `${event.organiser.name} has changed this event. What is different:`;
  const calendar =
    'The attached entry replaces the one in your calendar. Your place and your links stay as they are.';
  const more = props.moreSessions === 1 ? 'and one more session' : `and ${props.moreSessions} more sessions`;
  const reason =
    'You got this because you have a place at this event. We write about this event, and nothing else unless you ask us to.';
  const frame = { takesReplies: event.organiser.email !== null, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${changes[0] ?? whenOf(event)}. The new calendar entry is attached.`,
      from: event.organiser.name,
      above: `${dateline.date} · online · ${dateline.times} ${dateline.zone}`,
      heading: 'This has changed',
      below: { text: event.title, lang: event.lang },
      children: (
        <>
          <Section first>
            <Paragraph>Hello {props.person.name},</Paragraph>
            <Paragraph>{changed}</Paragraph>
            <ChangeList changes={changes} />
            <Paragraph>{calendar}</Paragraph>
          </Section>
          <Section>
            <Facts
              caption="When it is now"
              facts={[{ term: 'When', lines: [dateline.date, `${dateline.times} ${dateline.zone}`] }]}
            />
          </Section>
          {agenda.length > 0 && (
            <Section heading="The agenda now">
              <AgendaRows rows={agenda} />
              {props.moreSessions > 0 && <Paragraph>{more}</Paragraph>}
            </Section>
          )}
          <Section heading="On the day">
            <Paragraph>
              <Link href={event.url}>See the event’s page</Link>. Your link below is yours alone, so please do
              not forward it.
            </Paragraph>
            <Action href={joinUrl} text="Join on the day" />
          </Section>
          <Section heading="If you can no longer come">
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
      `${changed}\n\n${changesText(changes)}`,
      calendar,
      `${event.title}\nWhen: ${whenOf(event)}`,
      agenda.length > 0
        ? ['The agenda now', '', ...agenda.map(agendaLine), ...(props.moreSessions > 0 ? [more] : [])].join(
            '\n',
          )
        : null,
      `On the day\n\nSee the event’s page: ${event.url}\nJoin on the day: ${joinUrl}\nYour link is yours alone, so please do not forward it.`,
      `If you can no longer come\n\nCancel your place or pass it to a colleague: ${manageUrl}\nSomeone may be waiting for it.`,
    ]),
  };
}

const agendaLine = ({ time, title, note }: MailAgendaRow): string =>
  `${time} ${title}${note ? ` (${note})` : ''}`;
