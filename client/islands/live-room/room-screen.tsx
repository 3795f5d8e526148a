import type { ComponentChildren } from 'preact';
import type { RoomView } from './room-view.ts';

interface RoomScreenProps {
  readonly view: RoomView;
  /** The stage is kept behind a card; null: words of ours, undefined: it is not. */
  readonly slateText?: string | null | undefined;
  /** The picture. What the card says before, between and after sessions then stands under it. */
  readonly children?: ComponentChildren;
}

/**
 * The picture's place. While there is no picture it is a card that says what is going on; the box keeps the shape of
 * the picture, so nothing jumps when one comes.
 */
export function RoomScreen({ view, slateText, children }: RoomScreenProps) {
  const isSlate = slateText !== undefined && view.kind === 'on-air';
  const isBand = Boolean(children);
  return (
    <section class={`room-player is-${view.kind}`} id="video" aria-label="On stage" tabIndex={-1}>
      {children}
      {!(isBand && view.kind === 'on-air') && (
        <div class={isBand ? 'room-screen is-band' : 'room-screen'}>
          <div class="room-card">
            <p class="room-card-line">{view.line}</p>
            <p class="room-big" role={view.kind === 'before' ? 'timer' : undefined}>
              <span>{isSlate ? (slateText ?? 'Back in a moment') : view.big}</span>{' '}
              {view.bigNote && <small>{view.bigNote}</small>}
            </p>
            <p>{isSlate ? 'The picture comes by itself. Stay here: your place is kept.' : view.text}</p>
            {!isSlate && slateText && <p>{slateText}</p>}
            {view.percent !== null && (
              <progress class="room-progress" max={100} value={view.percent} aria-label="How far through">
                {view.percent}%
              </progress>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
