import type { StreamHealth, WatchingHealth } from '../../server/contracts/stream-health.ts';
import { adviceOf, healthInWords, inputRows, secondsInWords, showsInWords } from './stream-words.ts';

interface StreamHealthProps {
  /** null: nothing comes in. */
  health: StreamHealth | null;
  /** What players report; null: none did. Left out where nobody listens for it. */
  watching?: WatchingHealth | null;
}

/** How one stage's stream is, in words and figures, with what to do about it. */
export function StreamHealthList({ health, watching }: StreamHealthProps) {
  if (!health) return <p class="muted small">Nothing comes in. Start the stream in the encoder.</p>;
  return (
    <div class="stream-health">
      <p>
        <b class={health.state === 'live' && !health.waitsFor ? 'is-live' : 'is-late'}>
          {healthInWords(health)}
        </b>{' '}
        <span class="muted">{health.isRecording ? 'and recording' : 'not recording'}</span>
      </p>
      {health.warnings.length > 0 && (
        <ul class="stream-advice">
          {health.warnings.map((warning) => (
            <li key={warning}>{adviceOf[warning]}</li>
          ))}
        </ul>
      )}
      {health.inputs.map((input) => (
        <section key={input.source} aria-label={showsInWords[input.source]}>
          <h4>
            {showsInWords[input.source]}{' '}
            {health.onAir === input.source && <span class="is-live">on air</span>}
          </h4>
          <Rows rows={inputRows(input)} />
        </section>
      ))}
      <Rows
        rows={[
          { name: 'Qualities', value: health.rungs.join(', ') || 'none yet' },
          { name: 'Viewers', value: String(health.viewers) },
          ...(watching === undefined ? [] : watchingRows(watching)),
        ]}
      />
    </div>
  );
}

function watchingRows(watching: WatchingHealth | null) {
  const latencyMs = watching?.latencyMs ?? null;
  return [
    { name: 'Stalls', value: watching ? `${watching.stalls} in 10 s` : 'nobody reported' },
    { name: 'Delay', value: latencyMs === null ? 'not known yet' : secondsInWords(latencyMs) },
  ];
}

function Rows({ rows }: { rows: readonly { name: string; value: string }[] }) {
  return (
    <dl class="stream-rows">
      {rows.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
