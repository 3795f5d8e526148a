import type { InputHealth } from '../../../contracts/stream-health.ts';
import type { PictureSource } from '../../../contracts/stage-picture.ts';
import type { MediaTrack } from '../access-unit.ts';
import type { Publisher } from '../publishing.ts';
import { measureInput, type InputMeasure } from './measure-input.ts';

/** One connection that publishes. Times are ms since 1970. */
export interface Input {
  readonly source: Exclude<PictureSource, 'external'>;
  readonly publisher: Publisher;
  /** Of whom web let in by a ticket; null: by a key. */
  readonly tag: string | null;
  readonly connectedAt: number;
  readonly tracks: Map<MediaTrack['kind'], MediaTrack>;
  readonly measure: InputMeasure;
  firstUnitAt: number | null;
  lastUnitAt: number | null;
}

export const newInput = (given: Pick<Input, 'source' | 'publisher' | 'tag'>, now: number): Input => ({
  ...given,
  connectedAt: now,
  tracks: new Map(),
  measure: measureInput(now),
  firstUnitAt: null,
  lastUnitAt: null,
});

export function inputHealth(input: Input, now: number, stalledAfterMs: number): InputHealth {
  const { source, publisher, connectedAt, lastUnitAt } = input;
  const state = lastUnitAt === null ? 'connecting' : now - lastUnitAt > stalledAfterMs ? 'stalled' : 'live';
  return {
    source,
    kind: publisher.kind,
    state,
    connectedAt: new Date(connectedAt).toISOString(),
    ...input.measure.figures(now),
  };
}
