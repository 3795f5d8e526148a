import type { EventMonth } from '../../server/contracts/event-card.ts';
import { EventRow } from './event-row.tsx';

export function EventMonths({ months }: { months: readonly EventMonth[] }) {
  return months.map((month) => (
    <section class="month side" key={month.iso} aria-labelledby={`month-${month.iso}`}>
      <h3 id={`month-${month.iso}`}>
        <time datetime={month.iso}>{month.name}</time>
      </h3>
      {month.events.length > 0 ? (
        <ol class="plain rows">
          {month.events.map((event) => (
            <EventRow key={event.slug} event={event} />
          ))}
        </ol>
      ) : (
        <p class="recess">Nothing planned this month.</p>
      )}
    </section>
  ));
}
