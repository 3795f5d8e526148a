import type { MediaTrack } from '../access-unit.ts';

/** Whether what was written for one can be read as the other. */
export const sameTrack = (a: MediaTrack | undefined, b: MediaTrack | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.codecString === b.codecString &&
  a.description.equals(b.description);
