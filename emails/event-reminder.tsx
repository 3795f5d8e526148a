import type { ShownTime } from '../server/contracts/dateline.ts';
import type { ReminderName } from '../server/contracts/reminder.ts';
import { Action } from './components/action.tsx';
import { AgendaRows, type MailAgendaRow } from './components/agenda-rows.tsx';
import { Facts } from './components/facts.tsx';
import { Link, Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface EventReminderProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  readonly reminder: Exclude<ReminderName, 'thank-you'>;
  /** How far off it is when this is written: "In a week", "Tomorrow", "In 10 minutes". */
  readonly distance: string;
  /** The personal join link. */
  readonly joinUrl: string;
  readonly manageUrl: string;
  /** When the live room opens, in the event's zone: "09:15". */
  readonly doors: ShownTime;
  readonly highlights: readonly MailAgendaRow[];
  readonly site: MailSite;
}

/** For who has a place: the nearer the start, the shorter the mail. */
export function eventReminder(props: EventReminderProps): Message {
  const { person, event, reminder, distance, joinUrl, manageUrl, doors, site } = props;
  const { dateline } = event;
  const isNear = reminder === 'hour' || reminder === 'ten-minutes';
  const highlights = isNear ? [] : props.highlights;
  const subject = `${distance}: ${event.title}`;
  const begins = `${event.title} begins at ${dateline.times.slice(0, 5)} ${dateline.zone}.`;
  const opened =
    reminder === 'ten-minutes'
      ? 'The live room is open.'
      : `The live room opens at ${doors.text} ${dateline.zone}.`;
  const opens = `${opened} Your link is yours alone, so please do not forward it.`;
  const expect =
    'There is nothing to install: it plays in your browser. Questions and chat are beside the picture.';
  const reason =
    'You got this because you have a place at this event. We write about this event, and nothing else unless you ask us to.';
  const button = isNear ? 'Join now' : 'Join on the day';
  const frame = { takesReplies: event.organiser.email !== null, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${whenOf(event)}, online. Your join link is inside.`,
      from: event.organiser.name,
      above: `${dateline.date} · online · ${dateline.times} ${dateline.zone}`,
      heading: distance,
      below: { text: event.title, lang: event.lang },
      children: (
        <>
          <Section first>
            {reminder === 'ten-minutes' && <Action href={joinUrl} text={button} />}
            <Paragraph>Hello {person.name},</Paragraph>
            <Paragraph>
              {begins} {opens}
            </Paragraph>
            {reminder !== 'ten-minutes' && <Action href={joinUrl} text={button} />}
          </Section>
          {!isNear && (
            <Section>
              <Facts
                caption="When and where"
                facts={[
                  { term: 'When', lines: [dateline.date, `${dateline.times} ${dateline.zone}`] },
                  { term: 'Where', lines: ['Online, in your browser'] },
                ]}
              />
            </Section>
          )}
          {highlights.length > 0 && (
            <Section heading="A few to look out for">
              <AgendaRows rows={highlights} />
            </Section>
          )}
          {reminder !== 'ten-minutes' && (
            <Section heading="What to expect">
              <Paragraph>
                {expect} <Link href={event.url}>See the full agenda</Link>.
              </Paragraph>
            </Section>
          )}
          <Section heading="If you cannot come">
            <Paragraph>
              <Link href={manageUrl}>Cancel your place or pass it to a colleague</Link>.
            </Paragraph>
          </Section>
        </>
      ),
    }),
    text: renderText(frame, [
      reminder === 'ten-minutes' ? `${button}: ${joinUrl}` : null,
      `Hello ${person.name},`,
      `${begins} ${opens}`,
      reminder === 'ten-minutes' ? null : `${button}: ${joinUrl}`,
      `When: ${whenOf(event)}\nWhere: Online, in your browser`,
      highlights.length > 0
        ? `A few to look out for\n\n${highlights.map(({ time, title, note }) => `${time} ${title}${note ? ` (${note})` : ''}`).join('\n')}`
        : null,
      reminder === 'ten-minutes' ? null : `What to expect\n\n${expect}\nSee the full agenda: ${event.url}`,
      `If you cannot come\n\nCancel your place or pass it to a colleague: ${manageUrl}`,
    ]),
  };
}
