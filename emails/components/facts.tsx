import { styles } from '../mail-tokens.ts';

export interface MailFact {
  readonly term: string;
  /** Each on a line of its own. */
  readonly lines: readonly string[];
}

export function Facts({ caption, facts }: { caption: string; facts: readonly MailFact[] }) {
  return (
    <table width="100%" cellpadding="0" cellspacing="0">
      <caption style={styles.caption}>{caption}</caption>
      <tbody>
        {facts.map(({ term, lines }) => (
          <tr key={term}>
            <th class="muted line" scope="row" style={styles.factTerm}>
              {term}
            </th>
            <td class="ink line" valign="top" style={styles.factValue}>
              {lines.map((line, index) => (
                <>
                  {index > 0 && <br />}
                  {line}
                </>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
