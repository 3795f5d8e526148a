import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { ShownPendingUpdate } from '../../../server/contracts/pending-update.ts';
import { Facts } from '../../components/facts.tsx';
import { PostButton } from '../../components/form-page.tsx';
import { Icon } from '../../components/icon.tsx';
import { Notice } from '../../components/notice.tsx';
import { PendingUpdate } from '../../components/pending-update.tsx';
import { StateWord } from '../../components/state-word.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface ConsoleEventPageProps {
  event: ConsoleEvent;
  figures: { registered: number; capacity: number | null; sessions: number; speakers: number };
  /** What stands in the way of publishing or of the day: one sentence and where to mend it. */
  todo: readonly { text: string; path: string; action: string }[];
  recent: readonly { time: string; text: string }[];
  publicUrl: string;
  canPublish: boolean;
  canCancel: boolean;
  notice: string | null;
  /** Changes that wait to be told. */
  pendingUpdate: ShownPendingUpdate | null;
}

export function ConsoleEventPage(props: ConsoleEventPageProps) {
  const { event } = props;
  const isDraft = event.state === 'draft';
  return (
    <ConsoleLayout
      title="Overview"
      section="overview"
      event={event}
      note={event.when}
      actions={
        <>
          <a class="button line" href={event.publicPath}>
            {isDraft ? 'Preview the page' : 'See the page'}
          </a>
          {isDraft && props.canPublish && <PostButton action={`${event.path}/publish`} text="Publish" />}
          {!isDraft && event.state !== 'cancelled' && (
            <a class="button" href={`${event.path}/run-of-show`}>
              Run of show
            </a>
          )}
        </>
      }
    >
      {props.notice && <Notice kind="good">{props.notice}</Notice>}
      <PendingUpdate update={props.pendingUpdate} path={event.path} />
      <Figures {...props} />
      <div class="cols">
        <div>
          <Todo event={event} todo={props.todo} />
          <Recent recent={props.recent} />
        </div>
        <div>
          <section aria-labelledby="address-title">
            <h2 id="address-title">Address</h2>
            <p class="copy-line">
              <code id="public-address">{props.publicUrl}</code>
              <button
                class="button line small"
                type="button"
                data-enhance="copy"
                data-copies="public-address"
                hidden
              >
                Copy
              </button>
            </p>
          </section>
          {props.canCancel && event.state !== 'cancelled' && event.state !== 'ended' && (
            <section aria-labelledby="cancel-title">
              <h2 id="cancel-title">Cancel</h2>
              <p class="hint">Everyone who has a place is told. You see how many before anything happens.</p>
              <p>
                <a class="is-danger" href={`${event.path}/cancel`}>
                  Cancel this event
                </a>
              </p>
            </section>
          )}
        </div>
      </div>
    </ConsoleLayout>
  );
}

function Figures({ event, figures }: ConsoleEventPageProps) {
  const registered = figures.registered.toLocaleString('en-GB');
  return (
    <Facts
      look="figures"
      facts={[
        { term: 'State', value: <StateWord state={event.state} /> },
        {
          term: 'Registered',
          value: (
            <>
              {registered}
              <small>
                {figures.capacity === null
                  ? 'no limit'
                  : `of ${figures.capacity.toLocaleString('en-GB')} places`}
              </small>
            </>
          ),
        },
        { term: 'Sessions', value: figures.sessions },
        { term: 'Speakers', value: figures.speakers },
      ]}
    />
  );
}

function Todo({ event, todo }: Pick<ConsoleEventPageProps, 'event' | 'todo'>) {
  return (
    <section aria-labelledby="todo-title">
      <h2 id="todo-title">Needs you</h2>
      {todo.length === 0 ? (
        <p class="empty">
          {event.state === 'cancelled' ? (
            <>
              This event is cancelled. Everyone who had a place is told by email: see{' '}
              <a href={`${event.path}/mail`}>how it went</a>.
            </>
          ) : (
            'Nothing waits for you here.'
          )}
        </p>
      ) : (
        <ul class="plain todo">
          {todo.map((entry) => (
            <li key={entry.text}>
              <Icon name="clock" />
              <span>{entry.text}</span>
              <a class="button line small" href={entry.path}>
                {entry.action}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Recent({ recent }: Pick<ConsoleEventPageProps, 'recent'>) {
  if (recent.length === 0) return null;
  return (
    <section aria-labelledby="recent-title">
      <h2 id="recent-title">Lately</h2>
      <ol class="plain log">
        {recent.map((entry) => (
          <li key={entry.time + entry.text}>
            <time>{entry.time}</time>
            <span>{entry.text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
