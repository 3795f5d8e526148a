import { Action } from './components/action.tsx';
import { Markdown, markdownText } from './components/markdown.tsx';
import { readMarkdown } from './components/markdown-tree.ts';
import { Link, Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface CampaignMessageProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  readonly subject: string;
  /** Markdown. */
  readonly message: string;
  /** The way into the live room; null for who needs none, who gets the event's page. */
  readonly joinUrl: string | null;
  /** Marketing only: where it ends with one press. */
  readonly unsubscribeUrl: string | null;
  readonly site: MailSite;
}

/** What an organiser wrote to people of one event. */
export function campaignMessage(props: CampaignMessageProps): Message {
  const { person, event, subject, unsubscribeUrl, site } = props;
  const { organiser } = event;
  const nodes = readMarkdown(props.message);
  const action = props.joinUrl
    ? { href: props.joinUrl, text: 'Join now' }
    : { href: event.url, text: 'See the event' };
  const reason = unsubscribeUrl
    ? `You got this because you agreed to hear from ${organiser.name} when you registered for this event.`
    : 'You got this because you registered for this event.';
  const frame = { takesReplies: organiser.email !== null, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${event.title}, ${whenOf(event)}`,
      from: organiser.name,
      above: `${event.dateline.date} · online · ${event.dateline.times} ${event.dateline.zone}`,
      heading: subject,
      below: { text: event.title, lang: event.lang },
      children: (
        <>
          <Section first>
            <Paragraph>Hello {person.name},</Paragraph>
            <Markdown nodes={nodes} />
            <Action {...action} />
          </Section>
          {unsubscribeUrl && (
            <Section>
              <Paragraph>
                Enough of this? <Link href={unsubscribeUrl}>Unsubscribe from {organiser.name}</Link>. Mails
                about events you have a place at still come.
              </Paragraph>
            </Section>
          )}
        </>
      ),
    }),
    text: renderText(frame, [
      `Hello ${person.name},`,
      markdownText(nodes),
      `${event.title}\n${whenOf(event)}`,
      `${action.text}: ${action.href}`,
      unsubscribeUrl
        ? `Enough of this? Unsubscribe from ${organiser.name}: ${unsubscribeUrl}\nMails about events you have a place at still come.`
        : null,
    ]),
  };
}
