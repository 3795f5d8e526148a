import { useSignal } from '@preact/signals';
import { ActButton, typed } from './act-button.tsx';
import { ChatControls } from './chat-controls.tsx';
import { ChatRow } from './chat-row.tsx';
import type { ShowStore } from './run-of-show.store.ts';

/** The chat of one stage, or that of the people behind it; what viewers reported stands on top. */
export function ChatPanel({ store }: { store: ShowStore }) {
  const isBackstage = useSignal(false);
  const { chat, reports, event } = store.snapshot.value;
  const stageId = store.stageId.value;
  const stage = event.stages.find(({ id }) => id === stageId)?.name ?? 'The audience';
  const channel = isBackstage.value ? 'backstage' : 'stage';
  const messages = chat.filter(
    (message) => message.channel === channel && (isBackstage.value || message.stageId === stageId),
  );
  const reported = [...reports]
    .sort((a, b) => b.count - a.count)
    .map((report) => ({ report, message: chat.find(({ id }) => id === report.messageId) }));
  return (
    <>
      <p class="show-row" role="group" aria-label="Which chat">
        {[false, true].map((backstage) => (
          <button
            key={String(backstage)}
            class="button line small"
            type="button"
            aria-pressed={isBackstage.value === backstage}
            onClick={() => (isBackstage.value = backstage)}
          >
            {backstage ? 'Backstage' : stage}
          </button>
        ))}
      </p>
      {reported.length > 0 && (
        <section class="show-reported" aria-labelledby="reported-title">
          <h3 id="reported-title">
            Reported <span class="muted">{reported.length}</span>
          </h3>
          <ul class="plain show-list">
            {reported.map(({ report, message }) => (
              <ChatRow
                key={report.messageId}
                message={message}
                messageId={report.messageId}
                report={report}
                store={store}
              />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="chat-title">
        <h3 id="chat-title">{isBackstage.value ? 'Said backstage' : `Said at ${stage}`}</h3>
        {messages.length === 0 && <p class="muted small">Nothing has been written yet.</p>}
        <ul
          class="plain show-list show-scroll"
          tabIndex={messages.length > 0 ? 0 : undefined}
          aria-label="Messages, the newest first"
        >
          {[...messages]
            .reverse()
            .slice(0, 100)
            .map((message) => (
              <ChatRow
                key={message.id}
                message={message}
                messageId={message.id}
                report={null}
                store={store}
              />
            ))}
        </ul>
      </section>
      <form
        data-needs-script
        onSubmit={(submit) => {
          submit.preventDefault();
          const form = submit.currentTarget;
          const text = typed(form)('text');
          void write(store, channel, text).then((isDone) => isDone && form.reset());
        }}
      >
        <div class="field">
          <label for="chat-text">
            {isBackstage.value ? 'Write to speakers, moderators and organisers' : 'Write as organiser'}
          </label>
          <textarea id="chat-text" name="text" rows={2} maxLength={500} required />
        </div>
        <button class="button small" type="submit" disabled={!store.isConnected.value}>
          Send
        </button>
      </form>
      {!isBackstage.value && (
        <>
          <ChatControls store={store} />
          <p class="show-row">
            <ActButton
              store={store}
              look="danger"
              onPress={() =>
                store.confirm({
                  title: `Clear the chat of ${stage}?`,
                  text: `Everything that was said there so far goes for everybody, ${countOf(messages.length)} on this page and all before. It cannot be brought back.`,
                  button: 'Clear the chat',
                  act: () => void store.act('chat:clear', { stageId }, `The chat of ${stage} is empty.`),
                })
              }
            >
              Clear chat…
            </ActButton>
          </p>
        </>
      )}
    </>
  );
}

const countOf = (count: number) => (count === 1 ? '1 message' : `${count} messages`);

async function write(store: ShowStore, channel: 'stage' | 'backstage', text: string): Promise<boolean> {
  const answer = await store.act(
    'chat:post',
    {
      channel,
      stageId: channel === 'stage' ? store.stageId.value : null,
      clientId: store.draftId(`chat ${channel}`),
      text,
      replyToId: null,
    },
    'Sent.',
  );
  if (!answer) return false;
  store.renewDraft(`chat ${channel}`);
  return true;
}
