import type { EventDetail } from '../../server/contracts/event-detail.ts';
import { Icon } from './icon.tsx';
import { Prose } from './prose.tsx';

export function EventQuestions({ questions, organiser }: Pick<EventDetail, 'questions' | 'organiser'>) {
  return (
    <section class="section" id="questions" aria-labelledby="questions-title">
      <div class="wrap side">
        <header>
          <h2 id="questions-title">Questions people ask</h2>
          {organiser.email && (
            <p>
              Something else? Write to <a href={`mailto:${organiser.email}`}>{organiser.email}</a>
            </p>
          )}
        </header>
        <div class="faq">
          {questions.map((entry) => (
            <details key={entry.question}>
              <summary>
                <h3>{entry.question}</h3>
                <Icon name="plus" />
              </summary>
              <Prose html={entry.answerHtml} />
            </details>
          ))}
        </div>
      </div>
    </section>
  );
}
