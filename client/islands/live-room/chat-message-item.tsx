import type { ChatMessage, ChatReaction, LiveAuthor } from '../../../server/contracts/live-chat.ts';
import { chatText, type Mentioned } from './chat-text.ts';
import { ChatMessageOptions } from './chat-message-options.tsx';
import { timeOfDay } from './live-words.ts';
import { RoomIcon } from './room-icon.tsx';
import type { TakePart } from './take-part.store.ts';

export const chatReactions: Readonly<Record<ChatReaction, string>> = {
  agree: 'Agree',
  thanks: 'Thanks',
  love: 'Love it',
  laugh: 'Laugh',
};
const kinds = Object.keys(chatReactions) as ChatReaction[];

interface ChatMessageItemProps {
  message: ChatMessage;
  part: TakePart;
  zone: string;
  /** Names behind the mentions of the text. */
  mentioned: readonly Mentioned[];
  onReply: (message: ChatMessage) => void;
  onGone: () => void;
}

export function ChatMessageItem(props: ChatMessageItemProps) {
  const { message, part, zone, mentioned } = props;
  const { author } = message;
  const isMine = author.id === part.person.id.value;
  const isRunning = part.isRunning.value;
  const isStaff = author.role === 'organiser' || author.role === 'moderator';
  const isOpen = part.readChat.opened.value?.messageId === message.id;
  const optionsId = `options-${message.id}`;
  return (
    <li class={isMine ? 'is-mine' : isStaff ? 'is-staff' : undefined} data-message={message.id}>
      <p class="room-who">
        <b>{isMine ? 'You' : author.name}</b> <AuthorTag author={author} />{' '}
        {author.organisation && !isMine && <span>{author.organisation}</span>}{' '}
        <time dateTime={message.at}>{timeOfDay(message.at, zone)}</time>
      </p>
      {message.replyTo && <Quote replyTo={message.replyTo} />}
      <p class="room-said">
        <ChatText text={message.text} mentioned={mentioned} />
      </p>
      <div class="room-message-foot">
        {kinds.map((kind) => {
          const isOn = part.readChat.hasReacted(message.id, kind);
          const count = Math.max(message.reactions[kind] ?? 0, isOn ? 1 : 0);
          if (count === 0 && !isOpen) return null;
          return (
            <button
              key={kind}
              type="button"
              class="room-react"
              aria-pressed={isOn ? 'true' : 'false'}
              disabled={!isRunning}
              onClick={() => void part.readChat.react(message.id, kind)}
            >
              <RoomIcon name={kind} />
              <span class={isOpen ? undefined : 'vh'}>{chatReactions[kind]}</span>
              {count > 0 && <span>{count}</span>}
            </button>
          );
        })}
        {isRunning && (
          <button
            type="button"
            class="room-plain"
            aria-expanded={isOpen ? 'true' : 'false'}
            aria-controls={isOpen ? optionsId : undefined}
            onClick={() => {
              part.readChat.opened.value = isOpen ? null : { messageId: message.id, isReport: false };
            }}
          >
            {isOpen ? 'Close' : isMine ? 'Options' : 'Reply or react'}
            <span class="vh">
              : {isMine ? 'your message' : author.name}, {timeOfDay(message.at, zone)}
            </span>
          </button>
        )}
      </div>
      {isOpen && <ChatMessageOptions {...props} id={optionsId} isMine={isMine} />}
    </li>
  );
}

export function Quote({ replyTo }: { replyTo: NonNullable<ChatMessage['replyTo']> }) {
  return (
    <blockquote class="room-quote">
      <b>{replyTo.name}</b> {replyTo.excerpt}
    </blockquote>
  );
}

const tags: Partial<Record<LiveAuthor['role'], string>> = {
  organiser: 'Organiser',
  moderator: 'Moderator',
  speaker: 'Speaker',
};
export function AuthorTag({ author }: { author: LiveAuthor }) {
  const tag = tags[author.role];
  return tag ? <span class="tag">{tag}</span> : null;
}

/** What somebody wrote, as text: nothing in it is ever markup. */
export function ChatText({ text, mentioned }: { text: string; mentioned?: readonly Mentioned[] }) {
  return (
    <>
      {chatText(text, mentioned).map((part, index) =>
        part.kind === 'link' ? (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {part.text}
          </a>
        ) : part.kind === 'mention' ? (
          <span key={index} class={part.isMine ? 'room-mention is-mine' : 'room-mention'}>
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </>
  );
}
