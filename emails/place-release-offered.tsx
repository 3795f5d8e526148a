import { Action } from './components/action.tsx';
import { Facts } from './components/facts.tsx';
import { Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { whenOf, type MailEvent, type MailSite, type Message } from './message.ts';

export interface PlaceReleaseOfferedProps {
  readonly person: { readonly name: string };
  readonly event: MailEvent;
  /** Opens the page with the button that ends the place; opening it ends nothing. */
  readonly manageUrl: string;
  readonly site: MailSite;
}

/** For who declined the invite in their calendar: their place stands until they say otherwise. */
export function placeReleaseOffered(props: PlaceReleaseOfferedProps): Message {
  const { person, event, manageUrl, site } = props;
  const { dateline } = event;
  const subject = `Do you still want your place? ${event.title}`;
  const said = 'Your calendar told us that you cannot come. Your place is still yours: nothing has changed.';
  const asked =
    'If you do not need it, please release it, so that somebody else can have it. You can also pass it on to a colleague there.';
  const otherwise = 'If you do mean to come, you need do nothing. Your join link still works.';
  const reason =
    'You got this once, because you declined the invite to an event at which you have a place. We write about this event, and nothing else unless you ask us to.';
  const frame = { takesReplies: event.organiser.email !== null, reason, site };
  return {
    subject,
    html: renderMail({
      ...frame,
      title: subject,
      preview: `${whenOf(event)}, online. Nothing has changed yet.`,
      from: event.organiser.name,
      above: `${dateline.date} · online · ${dateline.times} ${dateline.zone}`,
      heading: 'Do you still want your place?',
      below: { text: event.title, lang: event.lang },
      children: (
        <>
          <Section first>
            <Paragraph>Hello {person.name},</Paragraph>
            <Paragraph>{said}</Paragraph>
            <Paragraph>{asked}</Paragraph>
            <Action href={manageUrl} text="Release my place" />
            <Paragraph>{otherwise}</Paragraph>
          </Section>
          <Section>
            <Facts
              caption="Your booking"
              facts={[{ term: 'When', lines: [dateline.date, `${dateline.times} ${dateline.zone}`] }]}
            />
          </Section>
        </>
      ),
    }),
    text: renderText(frame, [
      `Hello ${person.name},`,
      `${event.title}\n${said}`,
      asked,
      `Release my place: ${manageUrl}`,
      otherwise,
      `When: ${whenOf(event)}`,
    ]),
  };
}
