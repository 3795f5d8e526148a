import { clockTime } from '../../player/player-words.ts';
import type { ReplayStore } from './replay.store.ts';

/** What was said, to read and to search; a line is a way to its place. */
export function Transcript({ replay }: { replay: ReplayStore }) {
  const { lang } = replay.start;
  const lines = replay.lines.value;
  const current = replay.line.value;
  const isSearching = replay.search.value.trim() !== '';
  return (
    <section aria-labelledby="transcript-title">
      <h2 id="transcript-title">Transcript</h2>
      <p class="replay-search">
        <label for="transcript-search">Search what was said</label>
        <input
          id="transcript-search"
          type="search"
          autoComplete="off"
          value={replay.search.value}
          onInput={(input) => (replay.search.value = input.currentTarget.value)}
        />
      </p>
      <p class={isSearching ? 'replay-found' : 'vh'} role="status">
        {isSearching && (lines.length === 1 ? '1 line' : `${lines.length || 'No'} lines`)}
      </p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so a keyboard must come to it */}
      <div class="replay-transcript" role="region" aria-label="Lines of the transcript" tabIndex={0}>
        <ol>
          {lines.map((line) => (
            <li key={`${line.startsAt} ${line.text}`}>
              <a
                href={`?t=${Math.floor(line.startsAt)}`}
                aria-current={line === current ? 'true' : undefined}
                onClick={(click) => {
                  if (click.ctrlKey || click.metaKey || click.shiftKey) return;
                  click.preventDefault();
                  replay.jump(line.startsAt);
                }}
              >
                <span class="replay-at">{clockTime(line.startsAt)}</span>
                <span lang={lang ?? undefined}>{line.text}</span>
              </a>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
