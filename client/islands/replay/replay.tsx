import { useMemo } from 'preact/hooks';
import { Player } from '../../player/player.tsx';
import { clockTime } from '../../player/player-words.ts';
import type { ReplayStore } from './replay.store.ts';
import { Transcript } from './transcript.tsx';

/** A replay: the picture, its chapters, and what was said. Takes the place of what the page shows without script. */
export function Replay({ replay }: { replay: ReplayStore }) {
  const { start, player } = replay;
  const picture = useMemo(() => {
    const captions = start.captionsPath ? { path: start.captionsPath, lang: start.lang ?? 'en' } : null;
    return (
      <Player player={player} isRunning plainSource={null} poster={start.posterPath} captions={captions} />
    );
  }, [player, start]);
  const hasAside = start.chapters.length > 0 || start.cues.length > 0;
  return (
    <div class={hasAside ? 'replay has-aside' : 'replay'}>
      <div class="replay-picture">
        {picture}
        <Resumed replay={replay} />
      </div>
      {hasAside && (
        <div class="replay-aside">
          <Chapters replay={replay} />
          {start.cues.length > 0 && <Transcript replay={replay} />}
        </div>
      )}
    </div>
  );
}

function Resumed({ replay }: { replay: ReplayStore }) {
  const at = replay.resumedAt.value;
  if (at === null) return null;
  return (
    <p class="replay-resumed">
      You left off at {clockTime(at)}.{' '}
      <button type="button" onClick={() => replay.jump(0)}>
        Start from the beginning
      </button>
    </p>
  );
}

function Chapters({ replay }: { replay: ReplayStore }) {
  const { chapters, lang } = replay.start;
  if (chapters.length === 0) return null;
  const current = replay.chapter.value;
  return (
    <section aria-labelledby="chapters-title">
      <h2 id="chapters-title">Chapters</h2>
      <ol class="replay-chapters">
        {chapters.map((chapter) => (
          <li key={chapter.startsAt}>
            <a
              href={`?t=${Math.floor(chapter.startsAt)}`}
              aria-current={chapter === current ? 'true' : undefined}
              onClick={(click) => {
                if (click.ctrlKey || click.metaKey || click.shiftKey) return;
                click.preventDefault();
                replay.jump(chapter.startsAt);
              }}
            >
              <span class="replay-at">{clockTime(chapter.startsAt)}</span>
              <span lang={lang ?? undefined}>{chapter.title}</span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
