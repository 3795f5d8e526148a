import { seatStyle, styles } from '../mail-tokens.ts';

const row = [...Array<'taken'>(15).fill('taken'), 'yours', 'free', 'free', 'free'] as const;

/** A row of the chamber: filled seats are taken, the bright one is yours. Table cells, so no image can be blocked. */
export function SeatRow() {
  return (
    <table
      role="presentation"
      aria-hidden="true"
      cellpadding="0"
      cellspacing="0"

      style={styles.seatRow}
    >
      <tbody>
        <tr>
          {row.map((seat, index) => (
            <>
              {index > 0 && (
                <td width={5} style={styles.seatGap}>
                  {'\u00a0'}
                </td>
              )}
              <td width={11} height={11} style={seatStyle(seat)}>
                {'\u00a0'}
              </td>
            </>
          ))}
        </tr>
      </tbody>
    </table>
  );
}
