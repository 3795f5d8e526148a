import type { ReplayCard } from '../../../server/contracts/event-card.ts';
import type { Choice } from '../../../server/contracts/registration-question.ts';
import { Icon } from '../../components/icon.tsx';
import { ReplayClip } from '../../components/replay-clip.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

export interface ReplaysPageProps {
  /** What the form sends by GET; '' means all, an unknown value matches nothing. */
  filters: { event: string; topic: string; speaker: string; q: string };
  /** Without "All", which the page adds. */
  events: readonly Choice[];
  topics: readonly Choice[];
  speakers: readonly Choice[];
  /** The newest first. */
  results: readonly ReplayCard[];
}

/** The video library: everything the reader may watch. */
export function ReplaysPage({ filters, events, topics, speakers, results }: ReplaysPageProps) {
  const isFiltered = Object.values(filters).some((value) => value !== '');
  return (
    <PublicLayout title="Watch again" description="Recorded sessions, with captions and transcripts.">
      <div class="wrap library">
        <form method="get" action="/replays" role="search" aria-label="Find a replay">
          <header class="lib-head">
            <h1>Watch again</h1>
            <p class="lede">
              Sessions you can watch in your own time. Where there were captions, every word can be found.
            </p>
            <div class="lib-search field">
              <label for="q">Search titles, speakers and every word said</label>
              <div>
                <input id="q" name="q" type="search" value={filters.q} maxLength={100} autocomplete="off" />
                <button class="button" type="submit">
                  <Icon name="arrow" />
                  Search
                </button>
              </div>
            </div>
          </header>
          <div class="lib-tools">
            <Filter name="topic" label="Topic" all="All topics" options={topics} chosen={filters.topic} />
            <Filter name="event" label="Event" all="All events" options={events} chosen={filters.event} />
            <Filter
              name="speaker"
              label="Speaker"
              all="All speakers"
              options={speakers}
              chosen={filters.speaker}
            />
            <button class="button line" type="submit">
              Show
            </button>
          </div>
        </form>
        <section aria-labelledby="lib-results">
          <h2 id="lib-results" class="lib-count">
            {countInWords(results.length)}
          </h2>
          {results.length > 0 ? (
            <ul class="plain lib-grid">
              {results.map((replay) => (
                <li key={replay.path}>
                  <ReplayClip replay={replay} />
                </li>
              ))}
            </ul>
          ) : (
            <div class="empty">
              <p>{isFiltered ? 'Nothing matches all of that.' : 'Nothing is here for you to watch yet.'}</p>
              <p>
                {isFiltered ? (
                  <a href="/replays">Show every replay</a>
                ) : (
                  <a href="/sign-in?next=/replays">Sign in to see the replays of events you registered for</a>
                )}
              </p>
            </div>
          )}
        </section>
      </div>
    </PublicLayout>
  );
}

const countInWords = (count: number) =>
  count === 0 ? 'No replays' : count === 1 ? 'One replay' : `${count} replays, newest first`;

function Filter(props: {
  name: string;
  label: string;
  all: string;
  options: readonly Choice[];
  chosen: string;
}) {
  const id = `filter-${props.name}`;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select id={id} name={props.name}>
        {[{ value: '', label: props.all }, ...props.options].map((option) => (
          <option key={option.value} value={option.value} selected={option.value === props.chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
