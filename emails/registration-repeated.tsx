import { Action } from './components/action.tsx';
import { Facts } from './components/facts.tsx';
import { Link, Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface RegistrationRepeatedProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  readonly reference: string;
  readonly joinUrl: string;
  readonly manageUrl: string;
  /** "9 March 2027", of the registration that stands. */
  readonly registeredOn: string;
  readonly site: MailSite;
}

/** For the owner of a place whose address was typed into the form again, by them or by anybody. */
export function registrationRepeated(props: RegistrationRepeatedProps): Message {
  const { event, joinUrl, manageUrl, registeredOn } = props;
  const { dateline } = event;
  const subject = `You already have a place: ${event.title}`;
  const said = `Somebody, probably you, registered for this event with your address again. You have had a place since ${registeredOn}, and nothing about it has changed.`;
  const reason = `You got this because you registered on ${registeredOn}. We write about this event, and nothing else unless you ask us to.`;
  const frame = { takesReplies: event.organiser.email !== null, reason, site: props.site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${whenOf(event)}, online. Nothing has changed.`,
      from: event.organiser.name,
      above: `${dateline.date} · online · ${dateline.times} ${dateline.zone}`,
      heading: 'You already have a place',
      below: { text: event.title, lang: event.lang },
      children: (
        <>
          <Section first>
            <Paragraph>Hello {props.person.name},</Paragraph>
            <Paragraph>{said} Here is your link again. It is yours alone.</Paragraph>
            <Action href={joinUrl} text="Join on the day" />
          </Section>
          <Section>
            <Facts
              caption="Your booking"
              facts={[
                { term: 'When', lines: [dateline.date, `${dateline.times} ${dateline.zone}`] },
                { term: 'Reference', lines: [props.reference] },
              ]}
            />
          </Section>
          <Section heading="To change something">
            <Paragraph>
              <Link href={manageUrl}>Change your details, pass your place on or cancel it</Link>. The new form
              changed none of them.
            </Paragraph>
          </Section>
        </>
      ),
    }),
    text: renderText(frame, [
      `Hello ${props.person.name},`,
      `${event.title}\n${said} Here is your link again. It is yours alone.`,
      `Join on the day: ${joinUrl}`,
      `When: ${whenOf(event)}\nReference: ${props.reference}`,
      `Change your details, pass your place on or cancel it: ${manageUrl}\nThe new form changed none of them.`,
    ]),
  };
}
