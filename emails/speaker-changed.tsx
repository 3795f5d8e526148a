import { Action } from './components/action.tsx';
import { factsText, SessionFacts, whenAbove, type SpeakerSession } from './components/speaker-session.tsx';
import { Link, Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import type { MailSite, Message } from './message.ts';

export interface SpeakerChangedProps {
  readonly session: SpeakerSession;
  /** Each a sentence: "It starts at 10:00 instead of 09:30." */
  readonly changes: readonly string[];
  readonly site: MailSite;
}

export function speakerChanged({ session, changes, site }: SpeakerChangedProps): Message {
  const { speaker, event, organiser, liveUrl } = session;
  const subject = `Changed: ${session.title}`;
  const changed = `${organiser.name} has changed your session.`;
  const calendar =
    'The attached entry replaces the one in your calendar. If you can no longer come, reply to this email.';
  const reason = `You got this because you take part in this session. We write only about your sessions.`;
  const frame = { takesReplies: true, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${changes[0] ?? changed} The new entry is attached.`,
      from: organiser.name,
      above: whenAbove(session),
      heading: 'Your session has changed',
      below: { text: session.title, lang: event.lang },
      children: (
        <>
          <Section first>
            <Paragraph>Hello {speaker.name},</Paragraph>
            <Paragraph>{changed}</Paragraph>
            {changes.map((change) => (
              <Paragraph key={change}>
                <b>{change}</b>
              </Paragraph>
            ))}
            <Paragraph>{calendar}</Paragraph>
          </Section>
          <Section>
            <SessionFacts session={session} />
          </Section>
          <Section heading="On the day">
            <Paragraph>
              <Link href={event.url}>See the whole agenda</Link>.
            </Paragraph>
            <Action href={liveUrl} text="Open the live room" />
          </Section>
        </>
      ),
    }),
    text: renderText(frame, [
      `Hello ${speaker.name},`,
      changed,
      changes.join('\n'),
      calendar,
      factsText(session),
      `On the day\n\nSee the whole agenda: ${event.url}\nOpen the live room: ${liveUrl}`,
    ]),
  };
}
