import type { RoomView } from './room-view.ts';

/**
 * The picture's place. Until a stream is there it is a card that says what is going on; the box keeps the shape of
 * the picture, so nothing jumps when one comes.
 */
export function RoomScreen({ view }: { view: RoomView }) {
  return (
    <section class={`room-player is-${view.kind}`} id="video" aria-label="On stage" tabIndex={-1}>
      <div class="room-screen">
        <div class="room-card">
          <p class="room-card-line">{view.line}</p>
          <p class="room-big" role={view.kind === 'before' ? 'timer' : undefined}>
            <span>{view.big}</span> {view.bigNote && <small>{view.bigNote}</small>}
          </p>
          <p>{view.text}</p>
          {view.percent !== null && (
            <progress class="room-progress" max={100} value={view.percent} aria-label="How far through">
              {view.percent}%
            </progress>
          )}
        </div>
      </div>
    </section>
  );
}
