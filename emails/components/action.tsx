import { styles } from '../mail-tokens.ts';
import { Link, Paragraph } from './text.tsx';

/** The one thing a mail asks for: a button that survives with images off, and its address in words. */
export function Action({ href, text }: { href: string; text: string }) {
  return (
    <>
      <table
        role="presentation"
        class="btn"
        cellpadding="0"
        cellspacing="0"

        style={styles.buttonTable}
      >
        <tbody>
          <tr>
            <td class="btn-cell" style={styles.buttonCell}>
              <a href={href} style={styles.button}>
                {text}
              </a>
            </td>
          </tr>
        </tbody>
      </table>
      <Paragraph>
        Button not working? Copy this into your browser:
        <br />
        <Link href={href}>{href.replace(/^https?:\/\//, '')}</Link>
      </Paragraph>
    </>
  );
}
