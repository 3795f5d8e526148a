import type { ChatMessage, ChatReport } from '../../../server/contracts/live-chat.ts';
import { timeOfDay } from '../live-room/live-words.ts';
import { ActButton } from './act-button.tsx';
import type { ShowStore } from './run-of-show.store.ts';
import { askToBan, canBeSilenced, personInWords, roleInWords, timeOut } from './show-people.ts';

interface ChatRowProps {
  /** Missing for an old one that this page no longer holds. */
  message: ChatMessage | undefined;
  messageId: string;
  report: ChatReport | null;
  store: ShowStore;
}

export function ChatRow({ message, messageId, report, store }: ChatRowProps) {
  const { zone } = store.snapshot.value.event;
  const about = message ? `the message of ${message.author.name}` : 'this older message';
  const remove = (
    <ActButton
      store={store}
      about={about}
      look="danger"
      onPress={() => store.act('chat:delete', { messageId }, 'Deleted for everybody.')}
    >
      Delete
    </ActButton>
  );
  const acts = message && (
    <>
      {message.channel === 'stage' && (
        <ActButton
          store={store}
          about={about}
          isPressed={message.isPinned}
          onPress={() =>
            store.act(
              'chat:pin',
              { messageId, isPinned: !message.isPinned },
              message.isPinned ? 'No longer pinned.' : 'Pinned on top for everybody.',
            )
          }
        >
          Pinned on top
        </ActButton>
      )}
      {canBeSilenced(message.author) && (
        <>
          <ActButton
            store={store}
            about={`for ${message.author.name}`}
            onPress={() => timeOut(store, message.author)}
          >
            Time out 10 min
          </ActButton>
          <ActButton
            store={store}
            about={message.author.name}
            look="danger"
            onPress={() => askToBan(store, message.author)}
          >
            Ban…
          </ActButton>
        </>
      )}
    </>
  );
  return (
    <li>
      {report && (
        <p class="show-report">
          Reported {report.count === 1 ? 'once' : `${report.count} times`}
          {report.reason && `: “${report.reason}”`}
        </p>
      )}
      {message ? (
        <>
          <p class="show-by">
            <b>{personInWords(message.author)}</b>
            {roleInWords(message.author.role) && ` · ${roleInWords(message.author.role)}`}{' '}
            <time dateTime={message.at}>{timeOfDay(message.at, zone)}</time>
            {message.isPinned && ' · pinned'}
          </p>
          <p class="show-words">{message.text}</p>
        </>
      ) : (
        <p class="muted">An older message, which this page no longer holds.</p>
      )}
      {report ? (
        <p class="show-row">
          {remove}
          <ActButton
            store={store}
            about={about}
            onPress={() => store.act('chat:dismiss-report', { messageId }, 'The message stays.')}
          >
            Leave it
          </ActButton>
          {acts}
        </p>
      ) : (
        <details class="show-more">
          <summary>
            Moderate<span class="vh"> {about}</span>
          </summary>
          <p class="show-row">
            {remove}
            {acts}
          </p>
        </details>
      )}
    </li>
  );
}
