import type { LivePoll, PollKind, PollResults } from '../../../server/contracts/live-polls.ts';
import { countdown } from '../live-room/live-words.ts';
import { ActButton, typed } from './act-button.tsx';
import type { ShowStore } from './run-of-show.store.ts';
import { StageViewButton } from './stage-view-button.tsx';

export const kindWords: Readonly<Record<PollKind, string>> = {
  single: 'One answer',
  multiple: 'Several answers',
  rating: 'Rating from 1 to 5',
  word: 'One word',
};
export const resultWords: Readonly<Record<PollResults, string>> = {
  live: 'everybody at once',
  'after-voting': 'who has voted',
  'after-closing': 'everybody when it is closed',
  organisers: 'organisers only',
};

export function PollRow({ poll, store }: { poll: LivePoll; store: ShowStore }) {
  const { id: pollId, revision, question, state } = poll;
  const about = `“${question.slice(0, 60)}”`;
  const move = (
    action: 'open' | 'close' | 'reopen' | 'delete',
    words: string,
    closesInSeconds: number | null = null,
  ) => store.act('poll:move', { pollId, move: action, closesInSeconds, revision }, words);
  return (
    <li>
      <p class="show-words">{question}</p>
      <p class="show-by">
        {kindWords[poll.kind]} · results for {resultWords[poll.results]}
        {poll.closesAt && state === 'open' && (
          <> · closes in {countdown(Date.parse(poll.closesAt) - store.now.value)}</>
        )}
      </p>
      {state === 'draft' ? (
        <form
          data-needs-script
          class="show-row"
          onSubmit={(submit) => {
            submit.preventDefault();
            const seconds = Number(typed(submit.currentTarget)('closes'));
            void move('open', 'The poll is open.', seconds > 0 ? seconds : null);
          }}
        >
          <label class="vh" for={`closes-${pollId}`}>
            When it closes
          </label>
          <select id={`closes-${pollId}`} name="closes">
            <option value="">Until I close it</option>
            <option value="60">For 1 minute</option>
            <option value="120">For 2 minutes</option>
            <option value="300">For 5 minutes</option>
          </select>
          <button class="button small" type="submit" disabled={!store.isConnected.value}>
            Open<span class="vh"> {about}</span>
          </button>
          <ActButton
            store={store}
            about={about}
            onPress={() =>
              store.confirm({
                title: 'Delete this draft?',
                text: `${about} goes for good. Nobody has seen it, so nobody loses a vote.`,
                button: 'Delete the draft',
                act: () => void move('delete', 'The draft is deleted.'),
              })
            }
          >
            Delete…
          </ActButton>
        </form>
      ) : (
        <>
          <PollResult poll={poll} />
          <p class="show-row">
            {state === 'open' ? (
              <ActButton
                store={store}
                about={about}
                look="full"
                onPress={() => move('close', 'The poll is closed.')}
              >
                Close
              </ActButton>
            ) : (
              <ActButton
                store={store}
                about={about}
                onPress={() => move('reopen', 'The poll is open again.')}
              >
                Reopen
              </ActButton>
            )}
            <StageViewButton store={store} item={{ kind: 'poll', id: pollId }} about={about} />
          </p>
        </>
      )}
    </li>
  );
}

/** Numbers in a table; the bars beside them say the same to the eye. */
function PollResult({ poll }: { poll: LivePoll }) {
  const { tally } = poll;
  const voters = tally?.voters ?? 0;
  const rows =
    poll.kind === 'word'
      ? (tally?.words ?? []).slice(0, 15).map(({ word, votes }) => ({ id: word, text: word, votes }))
      : poll.options.map(({ id, text }) => ({
          id,
          text,
          votes: tally?.counts.find(({ optionId }) => optionId === id)?.votes ?? 0,
        }));
  return (
    <table class="show-result">
      <caption>{voters === 1 ? '1 person has voted' : `${voters} people have voted`}</caption>
      <thead class="vh">
        <tr>
          <th scope="col">Answer</th>
          <th scope="col">Votes</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, text, votes }) => (
          <tr key={id}>
            <th scope="row">{text}</th>
            <td>
              <progress max={Math.max(1, voters)} value={votes} aria-hidden="true" />
              {votes}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
