import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { ChatMessage } from '../../../server/contracts/live-chat.ts';
import { ChatLog } from './chat-log.tsx';
import { Composer, ComposerClosed } from './composer.tsx';
import { counted } from './live-words.ts';
import type { LiveStore } from './live-room.store.ts';
import { RoomIcon } from './room-icon.tsx';
import { ChatText, Quote } from './chat-message-item.tsx';
import { longestMessage } from './send-chat.store.ts';
import { chatClosed } from './standing-words.ts';
import type { TakePart } from './take-part.store.ts';

interface ChatPanelProps {
  live: LiveStore;
  part: TakePart;
}

export function ChatPanel({ live, part }: ChatPanelProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const { event } = live.snapshot.value;
  const stage = event.stages.find(({ id }) => id === live.stageId.value)?.name;
  const reply = ({ id, author, text }: ChatMessage) => {
    part.sendChat.replyTo.value = { id, name: author.name, excerpt: [...text].slice(0, 80).join('') };
    part.readChat.opened.value = null;
    field.current?.focus();
  };
  return (
    <>
      <div class="room-panel-head">
        <h2>Chat</h2>
        {stage && <p>{stage}</p>}
      </div>
      {part.readChat.pinned.value.length > 0 && (
        <ul class="room-pinned" aria-label="Pinned messages">
          {part.readChat.pinned.value.map(({ id, author, text }) => (
            <li key={id}>
              <RoomIcon name="pin" />
              <span>
                <b>Pinned, from {author.name}.</b> <ChatText text={text} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <ChatLog live={live} part={part} onReply={reply} />
      <p class="vh" role="status">
        {part.readChat.spoken.value}
      </p>
      <p class={part.readChat.problem.value ? 'room-said-back room-error' : 'room-said-back'} role="status">
        {part.readChat.problem.value ?? part.readChat.done.value}
      </p>
      <ChatComposer live={live} part={part} stage={stage ?? null} field={field} />
    </>
  );
}

interface ChatComposerProps extends ChatPanelProps {
  stage: string | null;
  field: RefObject<HTMLTextAreaElement | null>;
}

function ChatComposer({ live, part, stage, field }: ChatComposerProps) {
  const { sendChat } = part;
  const snapshot = live.snapshot.value;
  const closed = chatClosed(snapshot, part.person.silencedUntil.value);
  if (closed) return <ComposerClosed>{closed}</ComposerClosed>;
  const { slowModeSeconds } = snapshot.room;
  const wait = sendChat.waitSeconds.value;
  const replyTo = sendChat.replyTo.value;
  const hint =
    wait > 0
      ? `You can write again in ${counted(wait, 'second')}.`
      : slowModeSeconds > 0
        ? `One message every ${counted(slowModeSeconds, 'second')}.`
        : part.isRunning.value
          ? 'Enter sends. Shift and Enter makes a new line.'
          : 'Everybody here can read it.';
  return (
    <Composer
      id="say"
      label={`Message everyone${stage ? ` on ${stage}` : ''}`}
      action={`/events/${snapshot.event.slug}/live/chat`}
      button="Send"
      value={sendChat.draft.value}
      most={longestMessage}
      refusal={sendChat.refusal.value}
      hint={hint}
      hidden={{ stageId: live.stageId.value, clientId: part.formId }}
      sendsOnEnter
      isBusy={wait > 0}
      field={field}
      onWrite={(text) => void (sendChat.draft.value = text)}
      onSend={() => sendChat.post()}
      before={
        replyTo && (
          <div class="room-replying">
            <p>Replying to</p>
            <Quote replyTo={replyTo} />
            <button
              type="button"
              class="room-plain"
              onClick={() => {
                sendChat.replyTo.value = null;
                field.current?.focus();
              }}
            >
              Do not reply
            </button>
          </div>
        )
      }
    />
  );
}
