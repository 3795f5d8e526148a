import { AuthorTag, ChatText } from '../live-room/chat-message-item.tsx';
import { Composer } from '../live-room/composer.tsx';
import { timeOfDay } from '../live-room/live-words.ts';
import { longestMessage } from '../live-room/send-chat.store.ts';
import type { BackstageProps } from './backstage.tsx';

/** Speakers and the team among themselves; what is on its way is shown at once and sent again after a break. */
export function BackstageChat({ store, start }: BackstageProps) {
  const { live, sendChat } = store;
  const { event, chat } = live.snapshot.value;
  const messages = chat.filter(({ channel }) => channel === 'backstage');
  return (
    <section class="backstage-chat" aria-labelledby="backstage-chat-title">
      <h2 id="backstage-chat-title">Chat with the team</h2>
      {/* It scrolls by itself, so the keyboard must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="backstage-log" role="log" aria-labelledby="backstage-chat-title" tabIndex={0}>
        {messages.length === 0 && sendChat.unsent.value.length === 0 && (
          <p class="muted">Nothing yet. Viewers never see what is said here.</p>
        )}
        <ol class="plain">
          {messages.map((message) => (
            <li key={message.id}>
              <p class="room-who">
                <b>{message.author.id === start.mine.participantId ? 'You' : message.author.name}</b>{' '}
                <AuthorTag author={message.author} />{' '}
                <time dateTime={message.at}>{timeOfDay(message.at, event.zone)}</time>
              </p>
              <p class="room-said">
                <ChatText text={message.text} />
              </p>
            </li>
          ))}
          {sendChat.unsent.value.map(({ clientId, text, state }) => (
            <li key={clientId} class="is-unsent">
              <p class="room-who">
                <b>You</b> {state === 'waiting' ? 'Waits for the connection' : 'Sending…'}
              </p>
              <p class="room-said">{text}</p>
            </li>
          ))}
        </ol>
      </div>
      <Composer
        id="backstage-say"
        label="Message the team and the other speakers"
        action={`/events/${event.slug}/backstage/chat`}
        button="Send"
        value={sendChat.draft.value}
        most={longestMessage}
        refusal={sendChat.refusal.value}
        hint="Viewers do not see it."
        hidden={{ clientId: start.formId }}
        sendsOnEnter
        onWrite={(text) => void (sendChat.draft.value = text)}
        onSend={() => sendChat.post()}
      />
    </section>
  );
}
