import type { LivePoll } from '../../../server/contracts/live-polls.ts';
import { Icon } from '../../components/icon.tsx';
import { countdown, counted, timeOfDay } from './live-words.ts';
import type { LiveStore } from './live-room.store.ts';
import { chosenInWords, PollResult, whenResultShows } from './poll-result.tsx';
import { PollForm } from './poll-form.tsx';
import type { TakePart } from './take-part.store.ts';

interface PollsPanelProps {
  live: LiveStore;
  part: TakePart;
}

export function PollsPanel({ live, part }: PollsPanelProps) {
  const [open, closed] = [part.polls.open.value, part.polls.closed.value];
  return (
    <>
      <div class="room-panel-head">
        <h2>Polls</h2>
        <p>
          {open.length} open, {closed.length} closed
        </p>
      </div>
      {/* It scrolls by itself, so the keyboard must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="room-panel-body" role="group" aria-label="Polls on this stage" tabIndex={0}>
        {open.length + closed.length === 0 && (
          <p class="room-empty">No polls yet. When one opens, it shows here and the tab says so.</p>
        )}
        {open.map((poll) => (
          <OpenPoll key={poll.id} poll={poll} live={live} part={part} />
        ))}
        {closed.map((poll) => (
          <ClosedPoll key={poll.id} poll={poll} live={live} part={part} />
        ))}
      </div>
    </>
  );
}

interface PollProps extends PollsPanelProps {
  poll: LivePoll;
}

function OpenPoll({ poll, live, part }: PollProps) {
  const { polls } = part;
  const isVoting = polls.isVoting(poll);
  const tally = polls.tally(poll);
  const chosen = polls.choice(poll.id);
  return (
    <section class="room-poll" aria-labelledby={`poll-${poll.id}`} data-poll={poll.id}>
      <p class="room-flag is-soon">
        <Icon name="clock" />
        <span role={poll.closesAt ? 'timer' : undefined}>
          {poll.closesAt
            ? `Open, closes in ${countdown(Date.parse(poll.closesAt) - live.now.value)}`
            : 'Open'}
        </span>
      </p>
      <h3 id={`poll-${poll.id}`}>{poll.question}</h3>
      {isVoting ? (
        <PollForm poll={poll} slug={live.snapshot.value.event.slug} part={part} />
      ) : (
        <p class="room-by">
          <b>{chosen && chosenInWords(poll, chosen)}</b> You can change it until the poll closes.{' '}
          <button type="button" class="room-plain" onClick={() => polls.change(poll.id)}>
            Change my answer
          </button>
        </p>
      )}
      {tally && (!isVoting || poll.results === 'live') ? (
        <PollResult poll={poll} tally={tally} chosen={chosen} />
      ) : (
        <p class="room-hint">{whenResultShows(poll)} Nobody sees how you voted.</p>
      )}
    </section>
  );
}

function ClosedPoll({ poll, live, part }: PollProps) {
  const tally = part.polls.tally(poll);
  const chosen = part.polls.choice(poll.id);
  const { zone } = live.snapshot.value.event;
  return (
    <details class="room-poll" data-poll={poll.id}>
      <summary>
        <span class="room-poll-question">{poll.question}</span>{' '}
        <span class="room-by">
          {poll.closedAt ? `Closed at ${timeOfDay(poll.closedAt, zone)}` : 'Closed'}
          {tally && `, ${counted(tally.voters, 'vote')}`}
        </span>
      </summary>
      {chosen && (
        <p class="room-by">
          <b>{chosenInWords(poll, chosen)}</b>
        </p>
      )}
      {tally ? (
        <PollResult poll={poll} tally={tally} chosen={chosen} />
      ) : (
        <p class="room-hint">The organisers keep this result to themselves.</p>
      )}
    </details>
  );
}
