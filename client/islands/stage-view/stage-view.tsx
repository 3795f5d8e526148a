import type { StageViewShown } from '../../../server/contracts/stage-view.ts';
import type { StageViewStore } from './stage-view.store.ts';

/** Large type for a video mixer: one question, or the result of one poll. */
export function StageView({ store }: { store: StageViewStore }) {
  const shown = store.shown.value;
  switch (shown.kind) {
    case 'nothing':
      return <p class="vh">Nothing is put on the stage view now.</p>;
    case 'question':
      return <StageQuestion question={shown} />;
    case 'poll':
      return <StagePoll poll={shown} />;
  }
}

function StageQuestion({ question }: { question: Extract<StageViewShown, { kind: 'question' }> }) {
  const { text, by } = question;
  return (
    <figure class="stage-question">
      <blockquote class={text.length > 160 ? 'is-long' : undefined}>{text}</blockquote>
      {by && <figcaption>{by.organisation ? `${by.name}, ${by.organisation}` : by.name}</figcaption>}
    </figure>
  );
}

function StagePoll({ poll }: { poll: Extract<StageViewShown, { kind: 'poll' }> }) {
  const { question, rows, voters, isOpen } = poll;
  const most = Math.max(1, voters);
  return (
    <section class="stage-poll">
      <h2>{question}</h2>
      <table>
        <caption>
          {voters === 1 ? '1 person has voted' : `${voters} people have voted`}
          {isOpen && ', voting is open'}
        </caption>
        <thead class="vh">
          <tr>
            <th scope="col">Answer</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ text, votes }) => (
            <tr key={text}>
              <th scope="row">{text}</th>
              <td>
                <progress max={most} value={votes} aria-hidden="true" />
                <b>{Math.round((votes / most) * 100)} %</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
