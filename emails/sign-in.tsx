import { Action } from './components/action.tsx';
import { Paragraph, Section } from './components/text.tsx';
import { renderMail, renderText } from './layout.tsx';
import { styles } from './mail-tokens.ts';
import type { MailSite, Message } from './message.ts';

export interface SignInProps {
  readonly link: string;
  /** Six digits, for signing in on a device that does not get this mail. */
  readonly code: string;
  readonly minutes: number;
  readonly site: MailSite;
}

export function signIn({ link, code, minutes, site }: SignInProps): Message {
  const reason = `You got this because somebody, probably you, asked to sign in to ${site.name} with this address.`;
  const lasts = `It works once, in the next ${minutes} minutes.`;
  const notYou = 'If you did not ask for this, do nothing. Nobody can sign in without this mail.';
  const frame = { takesReplies: false, reason, site };
  return {
    subject: `Your link to sign in to ${site.name}`,
    html: renderMail({
      ...frame,
      title: `Sign in to ${site.name}`,
      preview: `Open the link to sign in. ${lasts}`,
      from: site.name,
      above: null,
      heading: 'Sign in',
      below: null,
      children: (
        <>
          <Section first>
            <Paragraph>Open this link to sign in. {lasts}</Paragraph>
            <Action href={link} text="Sign in" />
          </Section>
          <Section heading="On another device">
            <Paragraph>Where you asked to sign in, type this code:</Paragraph>
            <p class="ink" style={styles.code}>
              {code}
            </p>
            <Paragraph>We never ask for it by phone or by mail. {notYou}</Paragraph>
          </Section>
        </>
      ),
    }),
    text: renderText(frame, [
      `Open this link to sign in. ${lasts}`,
      link,
      `On another device: where you asked to sign in, type this code:\n\n${code}`,
      `We never ask for it by phone or by mail. ${notYou}`,
    ]),
  };
}
