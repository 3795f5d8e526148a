import type { EventMonth } from '../../../server/contracts/event-card.ts';
import type { Choice } from '../../../server/contracts/registration-question.ts';
import { EventMonths } from '../../components/event-months.tsx';
import { MoreLink } from '../../components/more-link.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

export interface EventsPageProps {
  /** What the filters are set to; '' means all, an unknown value matches nothing. The form sends them as `topic`, `month` and `show` by GET. */
  filters: { topic: string; month: string; show: string };
  /** Without "All", which the page adds. */
  topics: readonly Choice[];
  months: readonly Choice[];
  results: readonly EventMonth[];
  count: number;
}

const shows: readonly { value: EventsPageProps['filters']['show']; label: string }[] = [
  { value: 'coming', label: 'Coming up' },
  { value: 'on-demand', label: 'On demand' },
  { value: 'all', label: 'Everything' },
];

export function EventsPage(props: EventsPageProps) {
  const isOnDemand = props.filters.show === 'on-demand';
  const title = isOnDemand ? 'On demand' : 'What’s on';
  return (
    <PublicLayout title={title} description="Every event, by month and topic, with calendar and news feeds.">
      <div class="wrap events-page">
        <header class="page-title">
          <h1>{title}</h1>
          <p class="lede">
            {isOnDemand
              ? 'Past events whose sessions you can watch in your own time.'
              : 'Online events for people who run public services. Come for a session or stay all day.'}
          </p>
        </header>
        <div class="events-layout">
          <Filters {...props} />
          <Results {...props} />
        </div>
      </div>
    </PublicLayout>
  );
}

function Filters({ filters, topics, months }: EventsPageProps) {
  return (
    <form class="filters" method="get" action="/events" aria-label="Filter events">
      <FilterGroup name="show" legend="Show" options={shows} chosen={filters.show} />
      <FilterGroup
        name="topic"
        legend="Topic"
        options={[{ value: '', label: 'All topics' }, ...topics]}
        chosen={filters.topic}
      />
      <div class="field">
        <label for="filter-month">Month</label>
        <select id="filter-month" name="month">
          {[{ value: '', label: 'Any month' }, ...months].map((month) => (
            <option key={month.value} value={month.value} selected={month.value === filters.month}>
              {month.label}
            </option>
          ))}
        </select>
      </div>
      <p class="filters-act">
        <button class="button line" type="submit">
          Show events
        </button>
      </p>
    </form>
  );
}

interface FilterGroupProps {
  name: string;
  legend: string;
  options: readonly Choice[];
  chosen: string;
}

function FilterGroup({ name, legend, options, chosen }: FilterGroupProps) {
  return (
    <fieldset class="pills">
      <legend>{legend}</legend>
      <div>
        {options.map((option) => (
          <label class="pill" key={option.value} for={`filter-${name}-${option.value}`}>
            <input
              type="radio"
              id={`filter-${name}-${option.value}`}
              name={name}
              value={option.value}
              checked={option.value === chosen}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Results({ results, count, filters }: EventsPageProps) {
  const isFiltered = filters.topic !== '' || filters.month !== '' || filters.show !== 'coming';
  return (
    <section class="results" aria-labelledby="results-title">
      <header class="results-head topline">
        <h2 id="results-title">{count === 1 ? 'One event' : `${count === 0 ? 'No' : count} events`}</h2>
        <p class="feeds">
          <MoreLink href="/events.ics" icon="calendar">
            Calendar feed
          </MoreLink>
          <MoreLink href="/events.rss" icon="list">
            News feed (RSS)
          </MoreLink>
        </p>
      </header>
      {count > 0 ? (
        <EventMonths months={results} />
      ) : (
        <div class="empty">
          <p>{isFiltered ? 'Nothing matches all of that.' : 'No events are planned yet.'}</p>
          <p>
            {isFiltered ? (
              <a href="/events">Show every event that is coming up</a>
            ) : (
              <a href="/replays">Watch an earlier session</a>
            )}
          </p>
        </div>
      )}
    </section>
  );
}
