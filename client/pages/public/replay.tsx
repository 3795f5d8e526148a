import type { ReplayCard } from '../../../server/contracts/event-card.ts';
import type { ReplayPlayer } from '../../../server/contracts/replay.ts';
import { BackLink } from '../../components/back-link.tsx';
import { Icon } from '../../components/icon.tsx';
import { Notice } from '../../components/notice.tsx';
import { ReplayClip } from '../../components/replay-clip.tsx';
import { ReplayWithoutScript } from '../../components/replay-without-script.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

export interface ReplayPageProps {
  player: ReplayPlayer;
  path: string;
  /** An MP4 of the recording, for browsers that play no HLS; null where there is none. */
  filePath: string | null;
  summary: string;
  event: { title: string; path: string };
  recordedOn: string;
  speakers: readonly { path: string; name: string; role: string }[];
  /** `size`: "350 MB". null: not offered. */
  download: { path: string; size: string } | null;
  transcriptPath: string | null;
  isOnlyForOrganiser: boolean;
  related: readonly ReplayCard[];
}

/** One replay: the player, what is said, who speaks, what to take away. */
export function ReplayPage(props: ReplayPageProps) {
  const { player } = props;
  return (
    <PublicLayout title={player.title} description={props.summary || `${player.title}, ${props.event.title}`}>
      <div class="wrap watch">
        <header class="watch-head">
          <BackLink href="/replays" text="Watch again" />
          <p class="dateline">
            <a href={props.event.path}>{props.event.title}</a> · recorded {props.recordedOn}
          </p>
          <h1 lang={player.lang ?? undefined}>{player.title}</h1>
        </header>
        {props.isOnlyForOrganiser && (
          <Notice kind="soon">Only your organisation can watch this. Publish it in the console.</Notice>
        )}
        <div data-island="replay" data-props={JSON.stringify(player)}>
          <ReplayWithoutScript player={player} path={props.path} filePath={props.filePath} />
        </div>
        <div class="watch-words">
          {props.summary && (
            <section aria-labelledby="watch-short">
              <h2 id="watch-short">In short</h2>
              <p class="lede" lang={player.lang ?? undefined}>
                {props.summary}
              </p>
            </section>
          )}
          {props.speakers.length > 0 && (
            <section aria-labelledby="watch-speakers">
              <h2 id="watch-speakers">{props.speakers.length === 1 ? 'Speaker' : 'Speakers'}</h2>
              <ul class="plain">
                {props.speakers.map((speaker) => (
                  <li key={speaker.path}>
                    <a href={speaker.path}>{speaker.name}</a> <span class="muted">{speaker.role}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <TakeAway {...props} />
        </div>
        {props.related.length > 0 && (
          <section class="watch-next" aria-labelledby="watch-next">
            <h2 id="watch-next">Watch next</h2>
            <ul class="plain lib-grid">
              {props.related.map((replay) => (
                <li key={replay.path}>
                  <ReplayClip replay={replay} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </PublicLayout>
  );
}

function TakeAway({ download, transcriptPath }: ReplayPageProps) {
  if (!download && !transcriptPath) return null;
  return (
    <section aria-labelledby="watch-files">
      <h2 id="watch-files">To take away</h2>
      <ul class="plain watch-files">
        {download && (
          <li>
            <a href={download.path} download>
              <Icon name="download" />
              The video
            </a>{' '}
            <span class="muted">MP4, {download.size}</span>
          </li>
        )}
        {transcriptPath && (
          <li>
            <a href={transcriptPath}>
              <Icon name="download" />
              Transcript
            </a>{' '}
            <span class="muted">Plain text</span>
          </li>
        )}
      </ul>
    </section>
  );
}
