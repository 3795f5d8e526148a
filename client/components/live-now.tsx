import type { LiveStrip } from '../../server/contracts/event-card.ts';
import { Icon } from './icon.tsx';

/** Leads the home page while an event is live. */
export function LiveNow({ strip }: { strip: LiveStrip }) {
  const id = `live-${strip.slug}`;
  return (
    <section class="livestrip" aria-labelledby={id}>
      <div class="wrap">
        <div class="ls-what">
          <p>
            <span class="tag live">
              <span class="live-dot" />
              Live now
            </span>
          </p>
          <h2 id={id}>
            <a href={`/events/${strip.slug}`}>{strip.title}</a>
          </h2>
        </div>
        <dl class="ls-now">
          {strip.now.map((stage) => (
            <div key={stage.stage}>
              <dt>{strip.now.length > 1 ? stage.stage : 'On now'}</dt>
              <dd>
                <span class="num">{stage.time}</span>{' '}
                <span>
                  {stage.title} <em>{stage.left}</em>
                </span>
              </dd>
            </div>
          ))}
          {strip.next && (
            <div>
              <dt>Next</dt>
              <dd>
                <span class="num">{strip.next.time}</span> <span>{strip.next.title}</span>
              </dd>
            </div>
          )}
        </dl>
        <p class="ls-act">
          <a class="button" href={`/events/${strip.slug}/live`}>
            Join now <span class="vh">: {strip.title}</span>
            <Icon name="arrow" />
          </a>
        </p>
      </div>
    </section>
  );
}
