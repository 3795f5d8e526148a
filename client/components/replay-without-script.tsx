import type { ReplayPlayer } from '../../server/contracts/replay.ts';
import { replayList } from '../player/replay-list.ts';

/** "4:05", "1:04:05" */
export function positionInWords(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

interface Props {
  player: ReplayPlayer;
  path: string;
  filePath: string | null;
}

/** The browser's own player, chapters and transcript: a link to a place loads the page anew, at that place. */
export function ReplayWithoutScript({ player, path, filePath }: Props) {
  const { source, chapters, cues } = player;
  const place = player.startAt ? `#t=${player.startAt}` : '';
  return (
    <div class="replay-plain">
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- it has, wherever somebody captioned the session */}
      <video controls playsInline preload="none" poster={player.posterPath ?? undefined}>
        {source.kind === 'hls' ? (
          <source src={`${source.path}${replayList(player)}${place}`} type="application/vnd.apple.mpegurl" />
        ) : (
          <source src={source.path + place} type="video/mp4" />
        )}
        {filePath && <source src={filePath + place} type="video/mp4" />}
        {player.captionsPath && (
          <track
            kind="captions"
            src={player.captionsPath}
            srcLang={player.lang ?? 'en'}
            label="Captions"
            default
          />
        )}
        Your browser plays no video. The transcript is below, where there is one.
      </video>
      {chapters.length > 0 && (
        <section class="replay-list" aria-labelledby="plain-chapters">
          <h2 id="plain-chapters">Chapters</h2>
          <ol class="plain">
            {chapters.map(({ startsAt, title }) => (
              <PlaceLink key={startsAt} path={path} startsAt={startsAt} text={title} />
            ))}
          </ol>
        </section>
      )}
      {cues.length > 0 && (
        <section class="replay-list" aria-labelledby="plain-transcript">
          <h2 id="plain-transcript">Transcript</h2>
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so a keyboard must come to it */}
          <div class="replay-lines" tabIndex={0} role="region" aria-label="Transcript, scrolls">
            <ol class="plain">
              {cues.map(({ startsAt, text }) => (
                <PlaceLink key={startsAt} path={path} startsAt={startsAt} text={text} />
              ))}
            </ol>
          </div>
        </section>
      )}
    </div>
  );
}

function PlaceLink({ path, startsAt, text }: { path: string; startsAt: number; text: string }) {
  const position = positionInWords(startsAt);
  return (
    <li>
      <a href={`${path}?t=${Math.floor(startsAt)}`}>
        <span class="vh">Play from </span>
        {position}
      </a>{' '}
      <span>{text}</span>
    </li>
  );
}
