import type { LivePoll } from '../../../server/contracts/live-polls.ts';
import type { TakePart } from './take-part.store.ts';

interface PollFormProps {
  poll: LivePoll;
  slug: string;
  part: TakePart;
}

/** Votes, or votes anew. Posts by itself without script. */
export function PollForm({ poll, slug, part }: PollFormProps) {
  const problem = part.polls.problems.value.get(poll.id);
  return (
    <form
      class="room-poll-form"
      method="post"
      action={`/events/${slug}/live/polls/${poll.id}/vote`}
      onSubmit={(submit) => {
        submit.preventDefault();
        void part.polls.vote(poll);
      }}
    >
      {poll.kind === 'word' ? (
        <WordField poll={poll} part={part} problem={problem !== undefined} />
      ) : (
        <Options poll={poll} part={part} />
      )}
      <div role="alert">
        {problem && (
          <p class="room-error" id={`problem-${poll.id}`}>
            {problem}
          </p>
        )}
      </div>
      <button class="button small" type="submit">
        {part.polls.choice(poll.id) ? 'Change my answer' : poll.kind === 'word' ? 'Send' : 'Vote'}
      </button>
    </form>
  );
}

function Options({ poll, part }: Omit<PollFormProps, 'slug'>) {
  const picked = part.polls.draft(poll.id).optionIds;
  const isRating = poll.kind === 'rating';
  return (
    <fieldset class={isRating ? 'room-choices is-rating' : 'room-choices'}>
      <legend class="vh">{poll.question}</legend>
      {poll.kind === 'multiple' && <p class="room-hint">Choose as many as you like.</p>}
      {isRating && <p class="room-hint">1 is the lowest, 5 the highest.</p>}
      {poll.options.map(({ id, text }) => (
        <label key={id} class="room-choice">
          <input
            type={poll.kind === 'multiple' ? 'checkbox' : 'radio'}
            name="optionIds"
            value={id}
            checked={picked.includes(id)}
            onChange={(change) => part.polls.pick(poll, id, change.currentTarget.checked)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

function WordField({ poll, part, problem }: { poll: LivePoll; part: TakePart; problem: boolean }) {
  return (
    <>
      <label for={`word-${poll.id}`}>Your answer, in a word or two</label>
      <input
        id={`word-${poll.id}`}
        name="word"
        type="text"
        maxLength={60}
        autocomplete="off"
        value={part.polls.draft(poll.id).word ?? ''}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={problem ? `problem-${poll.id}` : undefined}
        onInput={(input) => part.polls.write(poll.id, input.currentTarget.value)}
      />
    </>
  );
}
