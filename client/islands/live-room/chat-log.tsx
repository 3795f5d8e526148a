import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatMessage } from '../../../server/contracts/live-chat.ts';
import { Icon } from '../../components/icon.tsx';
import { ChatMessageItem, Quote } from './chat-message-item.tsx';
import type { Mentioned } from './chat-text.ts';
import { counted } from './live-words.ts';
import type { LiveStore } from './live-room.store.ts';
import type { TakePart } from './take-part.store.ts';
import type { UnsentMessage } from './unsent-messages.ts';

interface ChatLogProps {
  live: LiveStore;
  part: TakePart;
  onReply: (message: ChatMessage) => void;
}

/** So near to the end that the reader is taken to follow, in px. */
const nearEnd = 40;

/** Most browsers hold the place by themselves when older messages come on top, but not at the very top. */
const keepsItsPlace = (element: HTMLElement) => element.scrollTop > 0 && 'overflowAnchor' in element.style;

/** The messages. Follows the end only while the reader is there; what is read is never moved away. */
export function ChatLog({ live, part, onReply }: ChatLogProps) {
  const { readChat, sendChat } = part;
  const log = useRef<HTMLDivElement>(null);
  const place = useRef({ isAtEnd: true, first: '', height: 0, unsent: 0 });
  const messages = readChat.messages.value;
  const unsent = sendChat.unsent.value.filter(({ stageId }) => stageId === live.stageId.value);
  const names = namesOf(messages, part);
  const toEnd = () => {
    place.current.isAtEnd = true;
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
    readChat.sawEnd();
  };

  useLayoutEffect(() => {
    const element = log.current;
    if (!element) return;
    const { isAtEnd, first, height, unsent: before } = place.current;
    const firstNow = messages[0]?.id ?? '';
    if (isAtEnd || unsent.length > before) toEnd();
    else if (first !== firstNow && messages.some(({ id }) => id === first) && !keepsItsPlace(element))
      element.scrollTop += element.scrollHeight - height;
    place.current = {
      ...place.current,
      first: firstNow,
      height: element.scrollHeight,
      unsent: unsent.length,
    };
  });

  return (
    <div class="room-log">
      <div
        ref={log}
        class="room-panel-body"
        role="log"
        aria-label="Messages"
        aria-live="off"
        // It scrolls by itself, so the keyboard must reach it.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          const isAtEnd = scrollHeight - scrollTop - clientHeight < nearEnd;
          place.current.isAtEnd = isAtEnd;
          if (isAtEnd) readChat.sawEnd();
        }}
      >
        {part.isRunning.value && readChat.hasEarlier.value && (
          <button type="button" class="room-plain" onClick={() => void readChat.showEarlier()}>
            {readChat.isAskingEarlier.value ? 'Fetching earlier messages…' : 'Show earlier messages'}
          </button>
        )}
        {messages.length + unsent.length === 0 && (
          <p class="room-empty">Nobody has written anything yet. Say where you are watching from.</p>
        )}
        <ol class="room-chat">
          {messages.map((message) => (
            <ChatMessageItem
              key={message.id}
              message={message}
              part={part}
              zone={live.snapshot.value.event.zone}
              mentioned={message.mentions.flatMap((id) => names.get(id) ?? [])}
              onReply={onReply}
              onGone={() => log.current?.focus()}
            />
          ))}
          {unsent.map((message) => (
            <UnsentItem key={message.clientId} message={message} />
          ))}
        </ol>
      </div>
      {readChat.unread.value > 0 && part.isRunning.value && (
        <button
          type="button"
          class="button small room-new"
          onClick={() => {
            toEnd();
            log.current?.focus();
          }}
        >
          {counted(readChat.unread.value, 'new message')}
        </button>
      )}
    </div>
  );
}

function UnsentItem({ message }: { message: UnsentMessage }) {
  const isWaiting = message.state === 'waiting';
  return (
    <li class={isWaiting ? 'is-mine is-waiting' : 'is-mine'} data-unsent={message.state}>
      <p class="room-who">
        <b>You</b>{' '}
        <span class="room-flag">
          {isWaiting && <Icon name="clock" />}
          {isWaiting ? 'Will send when you are back' : 'Sending…'}
        </span>
      </p>
      {message.replyTo && <Quote replyTo={message.replyTo} />}
      <p class="room-said">{message.text}</p>
    </li>
  );
}

function namesOf(messages: readonly ChatMessage[], part: TakePart): ReadonlyMap<string, Mentioned> {
  const names = new Map<string, Mentioned>();
  for (const { author } of messages) names.set(author.id, { name: author.name, isMine: false });
  const me = part.person.mine.value;
  if (me) names.set(me.participantId, { name: me.name, isMine: true });
  return names;
}
