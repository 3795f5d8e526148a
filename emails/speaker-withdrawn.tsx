import { Action } from './components/action.tsx';
import { whenAbove, type SpeakerSession } from './components/speaker-session.tsx';
import { Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import type { MailSite, Message } from './message.ts';

export interface SpeakerWithdrawnProps {
  readonly session: SpeakerSession;
  readonly because: 'event-cancelled' | 'session-cancelled' | 'not-on-session' | 'address-changed';
  readonly site: MailSite;
}

export function speakerWithdrawn({ session, because, site }: SpeakerWithdrawnProps): Message {
  const { speaker, event, organiser } = session;
  const { heading, what } = wordsFor(because, organiser.name);
  const subject = `${heading}: ${session.title}`;
  const calendar =
    'The attached entry takes it out of your calendar; if your calendar does not, delete it there.';
  const wayOn = 'If this surprises you, reply to this email.';
  const reason = 'You got this because you were invited to this session at this address.';
  const frame = { takesReplies: true, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: what,
      from: organiser.name,
      above: whenAbove(session),
      heading,
      below: { text: session.title, lang: event.lang },
      children: (
        <Section first>
          <Paragraph>Hello {speaker.name},</Paragraph>
          <Paragraph>{what}</Paragraph>
          <Paragraph>
            {calendar} {wayOn}
          </Paragraph>
          <Action href={event.url} text="See the event" />
        </Section>
      ),
    }),
    text: renderText(frame, [
      `Hello ${speaker.name},`,
      `${session.title} (${event.title})\n${whenAbove(session)}`,
      what,
      `${calendar} ${wayOn}`,
      `See the event: ${event.url}`,
    ]),
  };
}

function wordsFor(because: SpeakerWithdrawnProps['because'], organiser: string) {
  switch (because) {
    case 'event-cancelled':
      return {
        heading: 'Cancelled',
        what: `We are sorry: ${organiser} has cancelled the whole event, so this session will not take place.`,
      };
    case 'session-cancelled':
      return { heading: 'Cancelled', what: `We are sorry: ${organiser} has cancelled this session.` };
    case 'not-on-session':
      return {
        heading: 'You no longer take part',
        what: `${organiser} has taken your name off this session, so you need not come.`,
      };
    case 'address-changed':
      return {
        heading: 'Sent elsewhere now',
        what: `${organiser} does not send this invite to this address any more. Your session stays as it is.`,
      };
  }
}
