import type { ShownTime } from '../../../server/contracts/dateline.ts';
import { BackLink } from '../../components/back-link.tsx';
import { Facts } from '../../components/facts.tsx';
import { Moment } from '../../components/local-time.tsx';
import { MoreLink } from '../../components/more-link.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

export interface MessagePageProps {
  mailboxPath: string;
  subject: string;
  from: string;
  to: string;
  sentAt: ShownTime;
  /** Where the HTML part is served on its own; null when there is none. */
  htmlPath: string | null;
  text: string;
  /** Links out of the text part, so that a reader without script can follow them. */
  links: readonly string[];
  parts: readonly { name: string; type: string; size: string; path: string }[];
  rawPath: string;
}

export function MessagePage(message: MessagePageProps) {
  return (
    <PublicLayout title={message.subject} hidden page="wrap mailbox">
      <BackLink href={message.mailboxPath} text="Captured mail" />
      <h1>{message.subject}</h1>
      <Facts
        look="in-facts"
        facts={[
          { term: 'From', value: message.from },
          { term: 'To', value: message.to },
          { term: 'Sent', value: <Moment time={message.sentAt} /> },
        ]}
      />
      {message.htmlPath && (
        <section aria-labelledby="html-title">
          <h2 id="html-title">As it looks</h2>
          <iframe
            class="mail-preview"
            src={message.htmlPath}
            title={`The message “${message.subject}”`}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          />
        </section>
      )}
      <section aria-labelledby="text-title">
        <h2 id="text-title">As text</h2>
        <pre class="mail-text">{message.text}</pre>
        {message.links.length > 0 && (
          <ul class="mail-links">
            {message.links.map((href) => (
              <li key={href}>
                <a href={href}>{href}</a>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="parts-title">
        <h2 id="parts-title">Parts</h2>
        <ul class="plain mail-parts">
          {message.parts.map((part) => (
            <li key={part.path}>
              <a href={part.path}>{part.name}</a>{' '}
              <span class="muted">
                {part.type}, {part.size}
              </span>
            </li>
          ))}
        </ul>
        <p>
          <MoreLink href={message.rawPath}>The raw message (.eml)</MoreLink>
        </p>
      </section>
    </PublicLayout>
  );
}
