import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { ShareBar } from '../../components/share-bar.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface ConsoleFeedbackPageProps {
  event: ConsoleEvent;
  count: number;
  /** "4.3"; null without answers. */
  average: string | null;
  marks: readonly { readonly mark: number; readonly people: number; readonly percent: number }[];
  answers: readonly {
    readonly id: string;
    readonly overall: number;
    readonly useful: string;
    readonly better: string;
    readonly mayQuote: boolean;
    readonly name: string | null;
  }[];
  pages: { previousPath: string | null; nextPath: string | null; text: string } | null;
  canExport: boolean;
}

/** What people said about the day: how many gave which mark, and their words. */
export function ConsoleFeedbackPage(props: ConsoleFeedbackPageProps) {
  const { event, count, average, marks, answers, pages } = props;
  return (
    <ConsoleLayout
      title="Feedback"
      section="feedback"
      event={event}
      note={average ? `${count === 1 ? 'One answer' : `${count} answers`}, ${average} of 5` : undefined}
      actions={
        props.canExport &&
        count > 0 && (
          <a class="button line" href={`${event.path}/live-exports/feedback.csv`}>
            Download (CSV)
          </a>
        )
      }
    >
      {count === 0 ? (
        <p class="empty">
          Nobody has answered yet. The form opens when the last session begins, and closes 14 days after the
          event.
        </p>
      ) : (
        <>
          <table class="table">
            <caption class="vh">How many people gave which mark</caption>
            <thead>
              <tr>
                <th scope="col">Mark</th>
                <th scope="col">Share</th>
                <th scope="col" class="figure">
                  People
                </th>
              </tr>
            </thead>
            <tbody>
              {marks.map(({ mark, people, percent }) => (
                <tr key={mark}>
                  <th scope="row">{mark} of 5</th>
                  <td>
                    <ShareBar percent={percent} /> {percent}%
                  </td>
                  <td class="figure">{people}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <section class="after-table" aria-labelledby="said">
            <h2 id="said">What they said</h2>
            <ul class="plain said">
              {answers.map((answer) => (
                <li key={answer.id}>
                  <Answer {...answer} />
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
      {pages && (
        <nav class="pages" aria-label="Pages of the answers">
          <p>{pages.text}</p>
          {pages.previousPath && <a href={pages.previousPath}>Previous page</a>}
          {pages.nextPath && <a href={pages.nextPath}>Next page</a>}
        </nav>
      )}
    </ConsoleLayout>
  );
}

function Answer({ overall, name, useful, better, mayQuote }: ConsoleFeedbackPageProps['answers'][number]) {
  return (
    <>
      <h3>
        {overall} of 5{name && `, ${name}`}
      </h3>
      {useful && (
        <p>
          <span class="muted">Most useful: </span>
          {useful}
        </p>
      )}
      {better && (
        <p>
          <span class="muted">Could be better: </span>
          {better}
        </p>
      )}
      {mayQuote && <p class="muted small">May be quoted</p>}
    </>
  );
}
