import type { ComponentChildren, VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { Link } from './components/text.tsx';
import { sheet, styles } from './mail-tokens.ts';
import type { MailSite } from './message.ts';

export interface MailLayoutProps {
  readonly title: string;
  /** Shown beside the subject in lists, and on locked screens: nothing personal. */
  readonly preview: string;
  /** The name above the banner: the organiser, or the installation. */
  readonly from: string;
  /** Above and below the title: the date, the event. */
  readonly above: string | null;
  readonly heading: string;
  readonly below: { readonly text: string; readonly lang: string } | null;
  /** Decoration at the foot of the banner. */
  readonly ornament?: VNode;
  /** Whether somebody reads what is answered. */
  readonly takesReplies: boolean;
  /** Why this person gets this mail. */
  readonly reason: string;
  readonly site: MailSite;
  readonly children: ComponentChildren;
}

/** What every mail looks like: 600 px, real text, readable with images off, dark where the reader is. */
export function renderMail(props: MailLayoutProps): string {
  return `<!doctype html>${render(<MailLayout {...props} />)}`;
}

function MailLayout(props: MailLayoutProps) {
  return (
    <html lang="en-GB" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no" />
        <title>{props.title}</title>
        <style>{sheet}</style>
      </head>
      <body class="page" style={styles.body}>
        <div style={styles.preview}>{props.preview}</div>
        <table
          role="presentation"
          class="page"
          width="100%"
          cellpadding="0"
          cellspacing="0"

          style={styles.page}
        >
          <tbody>
            <tr>
              <td class="outer" align="center" style={styles.outer}>
                <main lang="en-GB" dir="ltr">
                  <Card {...props} />
                </main>
              </td>
            </tr>
          </tbody>
        </table>
      </body>
    </html>
  );
}

function Card(props: MailLayoutProps) {
  return (
    <table
      role="presentation"
      class="card"
      width={600}
      cellpadding="0"
      cellspacing="0"

      style={styles.card}
    >
      <tbody>
        <tr>
          <td class="pad" style={styles.masthead}>
            <p class="ink" style={styles.mastheadName}>
              {props.from}
            </p>
          </td>
        </tr>
        <Banner {...props} />
        {props.children}
        <Footer {...props} />
      </tbody>
    </table>
  );
}

function Banner({ above, heading, below, ornament }: MailLayoutProps) {
  return (
    <tr>
      <td class="pad banner" style={styles.banner}>
        {above && <p style={styles.bannerAbove}>{above}</p>}
        <h1 class="title" style={styles.bannerTitle}>
          {heading}
        </h1>
        {below && (
          <p lang={below.lang} style={styles.bannerBelow}>
            {below.text}
          </p>
        )}
        {ornament}
      </td>
    </tr>
  );
}

function Footer({ takesReplies, reason, site }: MailLayoutProps) {
  return (
    <tr>
      <td class="pad line" style={styles.footer}>
        {takesReplies && (
          <p class="muted" style={styles.footerText}>
            {repliesSentence}
          </p>
        )}
        <p class="muted" style={styles.footerText}>
          {reason} <Link href={`${site.url}/privacy`}>Privacy</Link> ·{' '}
          <Link href={`${site.url}/accessibility`}>Accessibility</Link>
        </p>
      </td>
    </tr>
  );
}

const repliesSentence = 'Questions? Reply to this email and a person will answer.';

/** The plain-text twin: hand-written blocks, an empty line between them, the same footer. */
export function renderText(
  { takesReplies, reason, site }: Pick<MailLayoutProps, 'takesReplies' | 'reason' | 'site'>,
  blocks: readonly (string | null)[],
): string {
  const footer = [
    '-- ',
    ...(takesReplies ? [repliesSentence] : []),
    reason,
    `Privacy: ${site.url}/privacy`,
    `Accessibility: ${site.url}/accessibility`,
  ].join('\n');
  return `${[...blocks.filter((block) => block !== null), footer].join('\n\n')}\n`;
}
