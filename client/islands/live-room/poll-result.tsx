import type { LivePoll, PollChoice, PollTally } from '../../../server/contracts/live-polls.ts';
import { Icon } from '../../components/icon.tsx';
import { counted } from './live-words.ts';

interface PollResultProps {
  poll: LivePoll;
  tally: PollTally;
  chosen: PollChoice | null;
}

/** A table; the bars beside the numbers say the same to the eye. */
export function PollResult({ poll, tally, chosen }: PollResultProps) {
  const rows =
    poll.kind === 'word'
      ? tally.words.map(({ word, votes }) => ({ id: word, text: word, votes }))
      : poll.options.map(({ id, text }) => ({
          id,
          text,
          votes: tally.counts.find(({ optionId }) => optionId === id)?.votes ?? 0,
        }));
  const isOwn = (id: string) =>
    poll.kind === 'word'
      ? id.toLowerCase() === chosen?.word?.trim().toLowerCase()
      : Boolean(chosen?.optionIds.includes(id));
  const share = (votes: number) => Math.round((votes / Math.max(1, tally.voters)) * 100);
  return (
    <table class="room-result">
      <caption>
        {counted(tally.voters, 'person has', 'people have')} voted{mean(poll, tally)}.
      </caption>
      <thead class="vh">
        <tr>
          <th scope="col">Answer</th>
          <th scope="col">Share</th>
          <th scope="col">Votes</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, text, votes }) => (
          <tr key={id} class={isOwn(id) ? 'is-chosen' : undefined}>
            <th scope="row">
              {text}
              {isOwn(id) && (
                <span>
                  {' '}
                  <Icon name="check" />
                  Your answer
                </span>
              )}
            </th>
            <td>
              {share(votes)}%
              <progress max={100} value={share(votes)} aria-hidden="true" tabIndex={-1} />
            </td>
            <td>{votes}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** ", 4.2 on average" for ratings. */
function mean(poll: LivePoll, tally: PollTally): string {
  if (poll.kind !== 'rating' || tally.voters === 0) return '';
  const sum = tally.counts.reduce((total, { optionId, votes }) => total + Number(optionId) * votes, 0);
  return `, ${(sum / tally.voters).toFixed(1)} on average`;
}

export function chosenInWords(poll: LivePoll, choice: PollChoice): string {
  const texts =
    poll.kind === 'word'
      ? [choice.word ?? '']
      : poll.options.filter(({ id }) => choice.optionIds.includes(id)).map(({ text }) => text);
  return texts.length === 0 ? '' : `You chose ${texts.map((text) => `“${text}”`).join(', ')}.`;
}

export function whenResultShows({ results }: Pick<LivePoll, 'results'>): string {
  switch (results) {
    case 'live':
      return 'The result shows here as it comes in.';
    case 'after-voting':
      return 'You see the result after you vote.';
    case 'after-closing':
      return 'You see the result when the poll closes.';
    case 'organisers':
      return 'Only the organisers see the result.';
  }
}
