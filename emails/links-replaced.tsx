import { Action } from './components/action.tsx';
import { Link, Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface LinksReplacedProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  readonly joinUrl: string;
  readonly manageUrl: string;
  readonly site: MailSite;
}

/** For a holder who ended the links in their earlier mails. */
export function linksReplaced(props: LinksReplacedProps): Message {
  const { event, joinUrl, manageUrl } = props;
  const { dateline } = event;
  const subject = `Your new links: ${event.title}`;
  const said =
    'As you asked, the links in our earlier mails about this event no longer work, and whoever was in by them is out. Here are your new ones. They are yours alone.';
  const reason = 'You got this because the links to your place at this event were replaced.';
  const frame = { takesReplies: event.organiser.email !== null, reason, site: props.site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${whenOf(event)}, online. The earlier links no longer work.`,
      from: event.organiser.name,
      above: `${dateline.date} · online · ${dateline.times} ${dateline.zone}`,
      heading: 'Your new links',
      below: { text: event.title, lang: event.lang },
      children: (
        <Section first>
          <Paragraph>Hello {props.person.name},</Paragraph>
          <Paragraph>{said}</Paragraph>
          <Action href={joinUrl} text="Join on the day" />
          <Paragraph>
            <Link href={manageUrl}>Change your details, pass your place on or cancel it</Link>.
          </Paragraph>
        </Section>
      ),
    }),
    text: renderText(frame, [
      `Hello ${props.person.name},`,
      `${event.title}\n${said}`,
      `Join on the day: ${joinUrl}`,
      `When: ${whenOf(event)}`,
      `Change your details, pass your place on or cancel it: ${manageUrl}`,
    ]),
  };
}
