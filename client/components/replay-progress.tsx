import type { ReplayProgress } from '../../server/contracts/event-card.ts';

/** Where the reader left off, and how much of it that is. */
export function ReplayProgressLink({ progress, title }: { progress: ReplayProgress; title: string }) {
  return (
    <p class="replay-progress">
      <a href={progress.path}>
        Continue at {progress.at}
        <span class="vh">: {title}</span>
      </a>
      <progress value={progress.percent} max={100} aria-label={`Watched: ${title}`} />
    </p>
  );
}
