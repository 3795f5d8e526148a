import { styles } from '../mail-tokens.ts';

const item = 'margin:0 0 8px;font-weight:700';

/** What is different from the mail before, a line each. */
export function ChangeList({ changes }: { changes: readonly string[] }) {
  return (
    <ul class="ink" style={styles.list}>
      {changes.map((change, index) => (
        <li key={index} style={item}>
          {change}
        </li>
      ))}
    </ul>
  );
}

export const changesText = (changes: readonly string[]): string =>
  changes.map((change) => `- ${change}`).join('\n');
