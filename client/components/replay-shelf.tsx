import type { ReplayCard } from '../../server/contracts/event-card.ts';
import { MoreLink } from './more-link.tsx';
import { ReplayClip } from './replay-clip.tsx';

/** The newest replay large, the next ones beside it. */
export function ReplayShelf({ replays }: { replays: readonly ReplayCard[] }) {
  const [lead, ...others] = replays;
  if (!lead) return null;
  return (
    <section class="again" id="again" aria-labelledby="again-title">
      <div class="wrap">
        <header class="again-head topline">
          <h2 id="again-title">Watch again</h2>
          <p>Free to watch, whenever suits you.</p>
          <MoreLink href="/replays">All replays</MoreLink>
        </header>
        <div class="again-grid">
          <ReplayClip replay={lead} lead />
          {others.length > 0 && (
            <div class="again-list">
              {others.slice(0, 3).map((replay) => (
                <ReplayClip key={replay.path} replay={replay} />
              ))}
            </div>
          )}
        </div>
      </div>
    </section>
  );
}
