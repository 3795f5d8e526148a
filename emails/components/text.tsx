import type { ComponentChildren } from 'preact';
import { styles } from '../mail-tokens.ts';

export function Paragraph({ children }: { children: ComponentChildren }) {
  return (
    <p class="ink" style={styles.paragraph}>
      {children}
    </p>
  );
}

export function Link({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a class="accent" href={href} style={styles.link}>
      {children}
    </a>
  );
}

/** One row of the card; the first one after the banner stands a little lower. */
export function Section({
  heading,
  first = false,
  children,
}: {
  heading?: string;
  first?: boolean;
  children: ComponentChildren;
}) {
  return (
    <tr>
      <td class="pad" style={first ? styles.firstSection : styles.section}>
        {heading && (
          <h2 class="ink" style={styles.heading}>
            {heading}
          </h2>
        )}
        {children}
      </td>
    </tr>
  );
}
