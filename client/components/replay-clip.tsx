import type { ReplayCard } from '../../server/contracts/event-card.ts';
import { Icon } from './icon.tsx';
import { Plate } from './plate.tsx';
import { ReplayProgressLink } from './replay-progress.tsx';

/** One replay with its drawn poster. */
export function ReplayClip({ replay, lead = false }: { replay: ReplayCard; lead?: boolean }) {
  return (
    <article class={lead ? 'clip lead' : 'clip'}>
      <div class="poster">
        <Plate seed={replay.slug} shape="poster" />
        <span class="runtime">
          <Icon name="play" solid />
          <span class="vh">Length: </span>
          {replay.length}
        </span>
      </div>
      <div>
        <p class="dateline">{replay.topic ? `${replay.topic} · ${replay.month}` : replay.month}</p>
        <h3>
          <a href={replay.path}>{replay.title}</a>
        </h3>
        {replay.progress && <ReplayProgressLink progress={replay.progress} title={replay.title} />}
        {replay.who && <p class="by">{replay.who}</p>}
        {lead && replay.summary && <p class="sum">{replay.summary}</p>}
      </div>
    </article>
  );
}
