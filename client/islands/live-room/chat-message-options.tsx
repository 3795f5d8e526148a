import type { ChatMessage } from '../../../server/contracts/live-chat.ts';
import type { TakePart } from './take-part.store.ts';

interface ChatMessageOptionsProps {
  id: string;
  message: ChatMessage;
  part: TakePart;
  isMine: boolean;
  onReply: (message: ChatMessage) => void;
  /** The message, and the button that was pressed, are no longer there. */
  onGone: () => void;
}

/** What can be done with one message, once its button was pressed. */
export function ChatMessageOptions({ id, message, part, isMine, onReply, onGone }: ChatMessageOptionsProps) {
  const { readChat } = part;
  const isReport = readChat.opened.value?.isReport;
  return (
    <div id={id} class="room-message-options">
      {isReport ? (
        <form
          data-needs-script
          class="room-report"
          onSubmit={(submit) => {
            submit.preventDefault();
            const reason = new FormData(submit.currentTarget).get('reason');
            void readChat.report(message.id, typeof reason === 'string' ? reason : '').then(onGone);
          }}
        >
          <label for={`${id}-reason`}>What is wrong with it?</label>
          <input id={`${id}-reason`} name="reason" type="text" maxLength={200} required autocomplete="off" />
          <p class="room-hint">Only moderators see this.</p>
          <button class="button small" type="submit">
            Send report
          </button>
        </form>
      ) : (
        <>
          <button type="button" class="room-plain" onClick={() => onReply(message)}>
            Reply
          </button>
          {isMine ? (
            <button
              type="button"
              class="room-plain"
              onClick={() => void readChat.remove(message.id).then(onGone)}
            >
              Delete my message
            </button>
          ) : (
            <button
              type="button"
              class="room-plain"
              onClick={() => {
                readChat.opened.value = { messageId: message.id, isReport: true };
              }}
            >
              Report
            </button>
          )}
        </>
      )}
    </div>
  );
}
