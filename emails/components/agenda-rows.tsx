import { styles } from '../mail-tokens.ts';

export interface MailAgendaRow {
  /** "09:40" in the event's zone. */
  readonly time: string;
  readonly title: string;
  /** "Keynote, Prof. David Achebe"; '' when there is nothing to add. */
  readonly note: string;
}

export function AgendaRows({ rows }: { rows: readonly MailAgendaRow[] }) {
  return (
    <table width="100%" cellpadding="0" cellspacing="0" style="margin-top:12px">
      <caption style={styles.caption}>Sessions by time</caption>
      <tbody>
        {rows.map(({ time, title, note }) => (
          <tr key={time + title}>
            <th class="muted line" scope="row" style={styles.rowTime}>
              {time}
            </th>
            <td class="ink line" valign="top" style={styles.rowText}>
              <b>{title}</b>
              {note && (
                <>
                  <br />
                  <span class="muted" style={styles.rowNote}>
                    {note}
                  </span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
