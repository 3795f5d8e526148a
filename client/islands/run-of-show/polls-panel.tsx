import type { LivePoll } from '../../../server/contracts/live-polls.ts';
import { PollForm } from './poll-form.tsx';
import { PollRow } from './poll-row.tsx';
import type { ShowStore } from './run-of-show.store.ts';

const sections: readonly { state: LivePoll['state']; title: string }[] = [
  { state: 'open', title: 'Open' },
  { state: 'draft', title: 'Ready' },
  { state: 'closed', title: 'Closed' },
];

export function PollsPanel({ store }: { store: ShowStore }) {
  const { polls, event } = store.snapshot.value;
  const stageId = store.stageId.value;
  const here = polls.filter(
    (poll) => event.stages.length < 2 || poll.stageId === stageId || poll.stageId === null,
  );
  return (
    <>
      {here.length === 0 && (
        <p class="muted small">There is no poll yet. Make one below; nobody sees it until you open it.</p>
      )}
      {sections.map(({ state, title }) => {
        const list = here.filter((poll) => poll.state === state);
        if (list.length === 0) return null;
        return (
          <section key={state} aria-labelledby={`polls-${state}`}>
            <h3 id={`polls-${state}`}>
              {title} <span class="muted">{list.length}</span>
            </h3>
            <ul class="plain show-list">
              {list.map((poll) => (
                <PollRow key={poll.id} poll={poll} store={store} />
              ))}
            </ul>
          </section>
        );
      })}
      <PollForm store={store} />
    </>
  );
}
