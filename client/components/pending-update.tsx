import type { ShownPendingUpdate } from '../../server/contracts/pending-update.ts';
import { PostButton } from './form-page.tsx';
import { Notice } from './notice.tsx';

const shownAtMost = 12;
const counted = (count: number, one: string, many: string) =>
  count === 1 ? `One ${one}` : `${count.toLocaleString('en-GB')} ${many}`;

/** Changes that wait to be told, in the words that people will read, while they can still be sent or taken back. */
export function PendingUpdate({ update, path }: { update: ShownPendingUpdate | null; path: string }) {
  if (!update) return null;
  const { changes, people, speakerInvites } = update;
  const fields = { version: String(update.version) };
  const audience = people === 1 ? 'one person' : `${people.toLocaleString('en-GB')} people`;
  const left = changes.length - shownAtMost;
  return (
    <Notice kind="soon">
      <p>
        <b>
          {counted(changes.length, 'change', 'changes')}{' '}
          {update.isDue
            ? `${changes.length === 1 ? 'is' : 'are'} being sent to ${audience}`
            : `will be sent to ${audience} at ${update.time}`}
        </b>
      </p>
      <ul class="pending-changes">
        {changes.slice(0, shownAtMost).map((change, index) => (
          <li key={index}>{change}</li>
        ))}
        {left > 0 && <li>{left === 1 ? 'and one more' : `and ${left} more`}</li>}
      </ul>
      <p class="hint">
        Everyone with a place gets a mail in these words, and a calendar entry that replaces theirs.
        {speakerInvites > 0 &&
          ` ${counted(speakerInvites, 'invite', 'invites')} of speakers and moderators will be brought up to date too.`}
      </p>
      {update.canEdit && !update.isDue && (
        <div class="pending-acts">
          <PostButton action={`${path}/update/send`} text="Send now" look="line" fields={fields} />
          {update.canUndo && (
            <PostButton action={`${path}/update/undo`} text="Undo the changes" look="line" fields={fields} />
          )}
        </div>
      )}
    </Notice>
  );
}
