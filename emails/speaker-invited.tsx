import { Action } from './components/action.tsx';
import { factsText, SessionFacts, whenAbove, type SpeakerSession } from './components/speaker-session.tsx';
import { Link, Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import type { MailSite, Message } from './message.ts';

export type { SpeakerSession };

export interface SpeakerInvitedProps {
  readonly session: SpeakerSession;
  readonly site: MailSite;
}

const verbs = {
  speaks: { heading: 'You speak', sentence: 'to speak at this session' },
  leads: { heading: 'You lead', sentence: 'to lead this session' },
  'speaks-and-leads': { heading: 'You speak and lead', sentence: 'to speak at this session and to lead it' },
} as const;
const calendar =
  'The attached entry puts it in your calendar. If the session moves or is cancelled, the entry changes by itself and we write to you.';
const cannot =
  'If you cannot make it, or something here is wrong, reply to this email. The organiser reads what you write.';

export function speakerInvited({ session, site }: SpeakerInvitedProps): Message {
  const { speaker, event, organiser, liveUrl } = session;
  const words = verbs[session.role];
  const subject = `${words.heading}: ${session.title}`;
  const asked = `${organiser.name} has put you down ${words.sentence}.`;
  const reason = `You got this because ${organiser.name} named you with this address. We write only about your sessions.`;
  const frame = { takesReplies: true, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${whenAbove(session)}. A calendar entry is attached.`,
      from: organiser.name,
      above: whenAbove(session),
      heading: words.heading,
      below: { text: session.title, lang: event.lang },
      children: (
        <>
          <Section first>
            <Paragraph>Hello {speaker.name},</Paragraph>
            <Paragraph>
              {asked} {calendar}
            </Paragraph>
          </Section>
          <Section>
            <SessionFacts session={session} />
          </Section>
          <Section heading="On the day">
            <Paragraph>
              The session is shown in the live room. <Link href={event.url}>See the whole agenda</Link>.
            </Paragraph>
            <Action href={liveUrl} text="Open the live room" />
          </Section>
          <Section heading="If you cannot come">
            <Paragraph>{cannot}</Paragraph>
          </Section>
        </>
      ),
    }),
    text: renderText(frame, [
      `Hello ${speaker.name},`,
      `${asked} ${calendar}`,
      factsText(session),
      `On the day\n\nThe session is shown in the live room. See the whole agenda: ${event.url}\nOpen the live room: ${liveUrl}`,
      `If you cannot come\n\n${cannot}`,
    ]),
  };
}
