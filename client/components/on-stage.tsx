import type { StageNow } from '../../server/contracts/event-card.ts';

/** What is on each stage at this minute. */
export function OnStage({
  stages,
  next,
}: {
  stages: readonly StageNow[];
  next: { time: string; title: string } | null;
}) {
  return (
    <div class="hero-stage">
      <h2>On stage now</h2>
      <ul class="plain">
        {stages.map((stage) => (
          <li key={stage.stage}>
            <p class="hs-stage">
              <span>{stage.stage}</span> <strong>{stage.left}</strong>
            </p>
            <p class="hs-title">{stage.title}</p>
            {stage.who && <p class="hs-who">{stage.who}</p>}
            <progress
              class="hs-bar"
              max="100"
              value={stage.percentDone}
              aria-label={`${stage.title}: how far through`}
            />
          </li>
        ))}
      </ul>
      {next && (
        <p class="hs-next">
          Next, at <span class="num">{next.time}</span>: {next.title}
        </p>
      )}
    </div>
  );
}
