import type { LiveQuestion } from '../../../server/contracts/live-questions.ts';
import { Icon } from '../../components/icon.tsx';
import { ChatText } from './chat-message-item.tsx';
import { counted, timeOfDay } from './live-words.ts';
import type { LiveStore } from './live-room.store.ts';
import { RoomIcon } from './room-icon.tsx';
import type { TakePart } from './take-part.store.ts';

interface QuestionItemProps {
  question: LiveQuestion;
  live: LiveStore;
  part: TakePart;
}

export function QuestionItem({ question, live, part }: QuestionItemProps) {
  const { event } = live.snapshot.value;
  const { state, author, answer } = question;
  const isMine = part.questions.isMine(question.id);
  const who = isMine
    ? `You asked this${author ? '' : ' without your name'}`
    : author
      ? [author.name, author.organisation].filter(Boolean).join(', ')
      : 'Asked without a name';
  return (
    <li class={state === 'live' ? 'is-now' : undefined} data-question={question.id}>
      {state === 'answered' ? (
        <p class="room-votes">
          <b>{question.votes}</b>
          <span class="vh"> {question.votes === 1 ? 'vote' : 'votes'}</span>
        </p>
      ) : (
        <Vote question={question} slug={event.slug} part={part} />
      )}
      <div>
        {state === 'live' && (
          <p class="room-flag">
            <RoomIcon name="pin" />
            Being answered now
          </p>
        )}
        {state === 'answered' && (
          <p class="room-flag is-good">
            <Icon name="check" />
            {answer ? 'Answered in writing' : 'Answered on stage'}
          </p>
        )}
        <p class="room-said">
          <ChatText text={question.text} />
        </p>
        <p class="room-by">
          {who} <time dateTime={question.askedAt}>{timeOfDay(question.askedAt, event.zone)}</time>
          {question.mergedCount > 0 && `, with ${counted(question.mergedCount, 'question')} like it`}
        </p>
        {answer && (
          <blockquote class="room-quote is-answer">
            <ChatText text={answer.text} />
            <span class="room-by">
              {answer.by}, {timeOfDay(answer.at, event.zone)}
            </span>
          </blockquote>
        )}
      </div>
    </li>
  );
}

/** A form, so that it works without script: it says what the vote shall be. */
function Vote({ question, slug, part }: { question: LiveQuestion; slug: string; part: TakePart }) {
  const hasVoted = part.questions.hasVoted(question.id);
  const votes = part.questions.votes(question);
  return (
    <form
      method="post"
      action={`/events/${slug}/live/questions/${question.id}/vote`}
      onSubmit={(submit) => {
        submit.preventDefault();
        void part.questions.vote(question);
      }}
    >
      <input type="hidden" name="isOn" value={hasVoted ? 'false' : 'true'} />
      <button class="room-vote" type="submit" aria-pressed={hasVoted ? 'true' : 'false'}>
        <RoomIcon name="up" />
        <b>{votes}</b>
        <span class="vh"> {votes === 1 ? 'vote' : 'votes'}. Vote for this question</span>
      </button>
    </form>
  );
}

/** One's own, that a moderator has not read yet. */
export function WaitingQuestion({ question, zone }: { question: LiveQuestion; zone: string }) {
  return (
    <li class="is-waiting" data-question={question.id}>
      <span class="room-votes">
        <Icon name="clock" />
      </span>
      <div>
        <p class="room-said">{question.text}</p>
        <p class="room-by">
          <b>
            You asked this at {timeOfDay(question.askedAt, zone)}
            {question.author ? '' : ', without your name'}.
          </b>{' '}
          A moderator will read it before it shows.
        </p>
      </div>
    </li>
  );
}
