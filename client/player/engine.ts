import type { Quality } from './player.store.ts';

/**
 * `refused`: the path opens nothing any more. `media`: what came could not be played. `changed`: a camera came or went, and
 * what was set up for the one cannot play the other.
 */
export type Trouble =
  { readonly kind: 'refused'; readonly address: string } | { readonly kind: 'network' | 'media' | 'changed' };

/** What brings pictures into a video: a library, or the browser itself. Times in seconds of the video. */
export interface Engine {
  /** Behind the live edge; null: this picture has no live edge (any more). */
  latency(): number | null;
  /** How far behind the edge is right. */
  target(): number | null;
  livePosition(): number | null;
  /** Where what can be reached begins. */
  first(): number;
  /** Where a replay begins in its first piece, which holds a little of what was before; null: not known yet. */
  offset(): number | null;
  /** ms since 1970 by the encoder's clock. */
  programmeAt(): number | null;
  setQuality(id: number | null): void;
  /** Asks again for what failed. */
  resume(): void;
  /** Begins decoding anew. */
  recover(): void;
  close(): void;
}

export interface EngineHeard {
  qualities(qualities: readonly Quality[]): void;
  shown(id: number): void;
  trouble(trouble: Trouble): void;
}

export interface EngineAsk {
  readonly address: string;
  readonly isLive: boolean;
  /** Everything that is kept of a live picture, and not only its last seconds. */
  readonly wantsWindow: boolean;
  /** Where a replay begins; null: by itself. */
  readonly startAt: number | null;
  rewrite(address: string): string;
}
