import type { UnitSink } from '../access-unit.ts';
import type { Rendition } from '../rendition.ts';

/** What reads units that are on the run's own timeline: 90 kHz since the run began, never backwards. */
export interface TimelineSink extends UnitSink {
  /** The next unit does not follow the last: another input, or the encoder's clock jumped. It is a key frame. */
  discontinuity(): void;
}

/** One rung of one run: timeline units go in, a live playlist and its media come out. */
export interface Packager extends Rendition, TimelineSink {
  /** The encoder is known to be away: what came is published, and whoever waits for more is answered at once. */
  away(): void;
  back(): void;
  /** Publishes what is left; the playlist says that nothing follows. Safe to call twice. */
  end(): void;
}
